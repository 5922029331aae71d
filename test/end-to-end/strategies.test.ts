// A database, the application that needs it, and its workers, under each strategy in turn. The strategy is changed in the profile while they run.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { freePort } from './free-port.ts';
import { kill9 } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { createCluster, type PostgresqlCluster, postgres, writeRestartScript } from './postgresql-cluster.ts';
import { run } from './program.ts';
import { linesNow, storyOf } from './story.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import { processIn, type Workplace } from './workplace.ts';

const programs = join(project, 'test/fixtures/programs');
const members = ['database', 'app', 'worker', 'clock'] as const;
type Member = (typeof members)[number];

/** The clock needs nobody, so it tells `rest-for-one` from `one-for-all`. */
const profile = (place: Workplace, { data, port }: PostgresqlCluster, script: string, appPort: number) => `groups:
  shop:
    strategy: one-for-one
    processes:
      database:
        match: { executable: ${postgres}, arguments: "-D ${data} ", user: postgres }
        ready: { run: [pg_isready, --quiet, --host, ${place.path('run')}, --port, "${port}"], interval: 50ms }
        stop: { signal: INT }
        restart: { run: [${script}], timeout: 30s, limit: 20, backoff: { initial: 0s } }
      app:
        command: [/usr/bin/python3, ${join(programs, 'database-server.py')}, "${appPort}", "${port}"]
        dependsOn: { database: ready }
        ready: { http: "http://127.0.0.1:${appPort}/health", interval: 50ms }
      worker:
        command: [/usr/bin/python3, ${join(programs, 'health-worker.py')}, "${appPort}"]
        instances: 4
        dependsOn: { app: ready }
        ready: { output: "^at work$" }
      clock:
        command: [sleep, "86401"]
`;

async function pidsOf(place: Workplace): Promise<Record<Member, number[]>> {
  const status = await place.status();
  const of = (member: Member) => processIn(status, `shop/${member}`)?.instances.map(({ pid }) => pid) ?? [];
  return { database: of('database'), app: of('app'), worker: of('worker'), clock: of('clock') };
}

async function isWhole(place: Workplace): Promise<void> {
  await place.running(
    members.map((member) => `shop/${member}`),
    60_000,
  );
}

/** Kills -9 one member, awaits that the group is whole again, and tells who has other pids now, and what the journal says. */
async function deathOf(place: Workplace, member: Member): Promise<{ restarted: string[]; story: string[] }> {
  const before = await pidsOf(place);
  const since = linesNow(place);
  await kill9(place, `shop/${member}`);
  await until(
    `another ${member}`,
    async () => {
      const [pid] = (await pidsOf(place))[member];
      return pid !== undefined && pid !== before[member][0];
    },
    60_000,
  );
  await isWhole(place);
  const after = await pidsOf(place);
  const restarted = members.flatMap((one) => {
    const kept = after[one].filter((pid) => before[one].includes(pid));
    return kept.length === after[one].length ? [] : [kept.length === 0 ? one : `${one} in part`];
  });
  return { restarted, story: storyOf(place, 'shop', since) };
}

/** Edits the profile and reloads it: the dry run tells it beforehand, and neither of them touches a process. */
async function changeStrategy(place: Workplace, from: string, to: string, text: string): Promise<string> {
  const before = await pidsOf(place);
  const since = linesNow(place);
  const changed = text.replace(`strategy: ${from}`, `strategy: ${to}`);
  place.write('profile.yaml', changed);
  expect(await place.done('reload', '--dry-run')).toBe(
    'a reload would bring: 0 added, 0 removed, 1 changed; nothing was changed now\n  ~ shop\n',
  );
  expect((await place.status()).groups).toMatchObject([{ strategy: from }]);
  expect(await place.done('reload')).toBe('profiles in force: 0 added, 0 removed, 1 changed\n  ~ shop\n');
  expect((await place.status()).groups).toMatchObject([{ strategy: to, state: 'up' }]);
  expect(await pidsOf(place)).toEqual(before);
  expect(storyOf(place, 'shop', since)).toEqual([]);
  return changed;
}

const workers = ['worker', 'worker#2', 'worker#3', 'worker#4'];
const workersStopped = workers.map((worker) => `${worker} stopped`);
const workersUp = workers.flatMap((worker) => [`${worker} up`, `${worker} ready`]);

/** All of `first` stand before all of `then`. */
function expectOrder(story: readonly string[], ...stages: readonly (readonly string[])[]): void {
  expect(story.toSorted()).toEqual(stages.flat().toSorted());
  let from = 0;
  for (const stage of stages) {
    expect(story.slice(from, from + stage.length).toSorted()).toEqual(stage.toSorted());
    from += stage.length;
  }
}

test.runIf(process.getuid?.() === 0)(
  'who is restarted with a killed database, and in which order, is what the strategy says; it is changed while all of them run',
  async () => {
    const place = placeOfTest();
    const cluster = await createCluster(place);
    const script = writeRestartScript(place, cluster);
    expect(await run(cluster.start, place)).toMatchObject({ status: 0 });
    let text = profile(place, cluster, script, await freePort());
    await watch(place, text);
    await isWhole(place);
    expect(await cluster.sql('select 1')).toBe('1');

    const alone = await deathOf(place, 'database');
    expect(alone.restarted).toEqual(['database']);
    expect(alone.story).toEqual(['database down', 'database up', 'database ready']);

    text = await changeStrategy(place, 'one-for-one', 'rest-for-one', text);
    const withItsDependants = await deathOf(place, 'database');
    expect(withItsDependants.restarted).toEqual(['database', 'app', 'worker']);
    expectOrder(
      withItsDependants.story,
      ['database down'],
      workersStopped,
      ['app stopped'],
      ['database up'],
      ['database ready'],
      ['app up'],
      ['app ready'],
      workersUp,
    );
    // What the application stands on is not touched by its death.
    const application = await deathOf(place, 'app');
    expect(application.restarted).toEqual(['app', 'worker']);
    expectOrder(application.story, ['app down'], workersStopped, ['app up'], ['app ready'], workersUp);

    text = await changeStrategy(place, 'rest-for-one', 'one-for-all', text);
    const all = await deathOf(place, 'database');
    expect(all.restarted).toEqual(['database', 'app', 'worker', 'clock']);
    const firstUp = all.story.findIndex((line) => line.endsWith(' up'));
    expect(all.story.slice(0, firstUp).toSorted()).toEqual(
      ['database down', ...workersStopped, 'app stopped', 'clock stopped'].toSorted(),
    );
    const order = [
      'worker#4 stopped',
      'app stopped',
      'database up',
      'database ready',
      'app up',
      'app ready',
      'worker up',
    ];
    expect(order.map((line) => all.story.indexOf(line))).toEqual(
      order.map((line) => all.story.indexOf(line)).toSorted((a, b) => a - b),
    );
    // Also a member that stands below the dead one goes down and comes back, by its own means.
    const withDatabase = await deathOf(place, 'app');
    expect(withDatabase.restarted).toEqual(['database', 'app', 'worker', 'clock']);
    expect(withDatabase.story.filter((line) => line.startsWith('database'))).toEqual([
      'database stopped',
      'database up',
      'database ready',
    ]);
    expect(await cluster.sql('select 1')).toBe('1');

    // Only what failed counts, each time once.
    const counts = await Promise.all(members.map(async (one) => (await place.process(`shop/${one}`)).restarts.count));
    expect(counts).toEqual([3, 2, 0, 0]);
    expect(place.notices().filter(({ id }) => id === 'group.restarting')).toMatchObject([
      { reason: 'shop/database went down' },
      { reason: 'shop/app went down' },
      { reason: 'shop/database went down' },
      { reason: 'shop/app went down' },
    ]);
    expect(place.notices().filter(({ severity, id }) => severity === 'critical' || id === 'action.failed')).toEqual([]);
  },
);
