// A PostgreSQL that something else starts (Debian's pg_ctlcluster): found, not launched, and brought back by its restart script.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { run } from './program.ts';
import { watch } from './tested-engine.ts';
import type { Workplace } from './workplace.ts';

const version = readdirSync('/usr/lib/postgresql').sort().at(-1) ?? '';
const executable = `/usr/lib/postgresql/${version}/bin/postgres`;

/** A cluster of this test's own, under its folder but for the configuration that Debian keeps in /etc. Removed afterwards. */
async function createCluster(
  place: Workplace,
): Promise<{ name: string; port: number; sql: (text: string) => Promise<string> }> {
  const name = place.directory.replace(/.*procsaver-test-/, 'procsaver').toLowerCase();
  const port = await freePort();
  place.afterwards(async () => {
    await run(['pg_dropcluster', '--stop', version, name], place);
  });
  const postgresOwn = (folder: string) => run(['install', '-d', '-o', 'postgres', folder], place);
  await postgresOwn(place.path('run'));
  const options = [
    '--port',
    `${port}`,
    '--datadir',
    place.path('data'),
    '--socketdir',
    place.path('run'),
    '--logfile',
    place.path('postgresql.log'),
  ];
  const tuned = ['fsync=off', 'shared_buffers=4MB', 'max_connections=10', 'autovacuum=off'].flatMap((one) => [
    '--pgoption',
    one,
  ]);
  const created = await run(
    ['pg_createcluster', ...options, ...tuned, version, name, '--', '--auth=trust', '--no-sync'],
    place,
  );
  if (created.status !== 0) throw new Error(`pg_createcluster failed: ${created.stdout}${created.stderr}`);
  const psql = [
    'psql',
    '--host',
    place.path('run'),
    '--port',
    `${port}`,
    '--username',
    'postgres',
    '--no-align',
    '--tuples-only',
  ];
  const sql = async (text: string): Promise<string> => {
    const { stdout, stderr } = await run([...psql, '--command', text], place);
    return `${stdout}${stderr}`.trim();
  };
  return { name, port, sql };
}

/** Where init reaps slowly a dead postmaster bears its pid for a while yet, and PostgreSQL takes it for alive: the script waits for that. */
const restartScript = (data: string, start: readonly string[]) => `#!/bin/sh
for try in $(seq 100); do
  kill -0 "$(head -n 1 ${data}/postmaster.pid)" || break
  sleep 0.05
done
exec ${start.join(' ')}
`;

test.runIf(process.getuid?.() === 0)(
  'PostgreSQL is found, and after each of ten deaths brought back by its restart script, its data whole',
  async () => {
    const place = placeOfTest();
    const { name, port, sql } = await createCluster(place);
    const start = ['pg_ctlcluster', version, name, 'start'];
    expect(await run(start, place)).toMatchObject({ status: 0 });
    expect(await sql('create table deaths (number int)')).toBe('CREATE TABLE');

    const script = place.write('start-database.sh', restartScript(place.path('data'), start), 0o755);
    await watch(
      place,
      `groups:
  database:
    processes:
      main:
        match: { executable: ${executable}, arguments: "-D ${place.path('data')} ", user: postgres }
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
      const [postmaster] = place.living().filter(({ commandLine }) => commandLine.startsWith(`${executable} -D`));
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
