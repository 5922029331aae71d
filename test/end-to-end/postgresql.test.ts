// A PostgreSQL that something else starts (Debian's pg_ctlcluster): found, not launched, and brought back by its restart script.
import { expect, test } from 'vitest';
import { kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { createCluster, postgres, writeRestartScript } from './postgresql-cluster.ts';
import { run } from './program.ts';
import { watch } from './tested-engine.ts';

test.runIf(process.getuid?.() === 0)(
  'PostgreSQL is found, and after each of ten deaths brought back by its restart script, its data whole',
  async () => {
    const place = placeOfTest();
    const cluster = await createCluster(place);
    const { port, start, sql } = cluster;
    expect(await run(start, place)).toMatchObject({ status: 0 });
    expect(await sql('create table deaths (number int)')).toBe('CREATE TABLE');

    const script = writeRestartScript(place, cluster);
    await watch(
      place,
      `groups:
  database:
    processes:
      main:
        match: { executable: ${postgres}, arguments: "-D ${place.path('data')} ", user: postgres }
        ready: { tcp: "127.0.0.1:${port}", interval: 50ms }
        restart: { run: [${script}], timeout: 30s, limit: 20, backoff: { initial: 0s } }
`,
    );
    const [found] = await place.running(['database/main']);
    expect(place.notices('database/main')).toMatchObject([
      { id: 'process.up', instance: { pid: found }, parameters: { how: 'found' } },
      { id: 'process.ready' },
    ]);
    expect(await place.process('database/main')).toMatchObject({ kind: 'match', restarts: { count: 0, limit: 20 } });

    for (let time = 1; time <= 10; time++) {
      const pid = await kill9AndAwait(place, 'database/main', 60_000);
      expect((await place.process('database/main')).restarts.count).toBe(time);
      const [postmaster] = place.living().filter(({ commandLine }) => commandLine.startsWith(`${postgres} -D`));
      expect(postmaster?.pid).toBe(pid);
      expect(await sql(`insert into deaths values (${time})`)).toBe('INSERT 0 1');
    }
    expect(await sql('select count(*) from deaths')).toBe('10');
    const told = place.notices('database/main');
    const count = (id: string) => told.filter((notice) => notice.id === id).length;
    const counted = ['process.down', 'process.restarting', 'process.starting', 'process.up', 'process.ready'].map(
      count,
    );
    expect(counted).toEqual([10, 10, 10, 11, 11]);
    expect(count('action.failed') + count('process.missing') + count('process.gave-up')).toBe(0);
  },
);
