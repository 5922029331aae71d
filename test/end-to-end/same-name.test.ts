// Several programs of one name, told apart by their arguments alone, that something else starts.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { killLiving, livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const names = ['tokyo', 'osaka', 'nagoya'] as const;

/** Copies of the test's own, since root runs them. */
const programOf = (place: Workplace) => place.path('named-copy.py');

/** As by hand, or by cron: none of them is a child of the engine. */
function startCopy(place: Workplace, ...words: string[]): ChildProcess {
  return spawn('/usr/bin/python3', [programOf(place), ...words], { env: place.environment, stdio: 'ignore' });
}

/** Pids of the copies of that name, from the kernel. */
function copies(place: Workplace, name: string): number[] {
  const exact = `/usr/bin/python3 ${programOf(place)} --branch ${name}`;
  return place.living().flatMap(({ pid, commandLine }) => (commandLine === exact ? [pid] : []));
}

async function startBranches(place: Workplace): Promise<number[]> {
  copyFileSync(join(project, 'test/fixtures/programs/named-copy.py'), programOf(place));
  for (const name of names) startCopy(place, '--branch', name);
  // The same program with another kind of argument is none of them.
  startCopy(place, '--archive', 'tokyo');
  return until('three copies', () => {
    const pids = names.flatMap((name) => copies(place, name));
    return pids.length === 3 && pids;
  });
}

/** Starts the branches that are not there: what an operator's own script does. */
const restartScript = (place: Workplace) => `#!/bin/sh
echo "$PROCSAVER_PROCESS" >>${place.path('script-runs')}
for branch in ${names.join(' ')}; do
  pgrep --full --exact "/usr/bin/python3 ${programOf(place)} --branch $branch" >/dev/null ||
    setsid /usr/bin/python3 ${programOf(place)} --branch $branch >/dev/null 2>&1 </dev/null &
done
`;

const profile = (place: Workplace, instances: string) => `groups:
  branches:
    processes:
      server:
        match: { executable: ${programOf(place)}, arguments: "--branch (${names.join('|')}|kobe)$" }
        instances: ${instances}
        restart: { run: [${place.path('restart.sh')}], timeout: 10s, limit: 5, backoff: { initial: 0s } }
        ready: { after: 0s, within: 5s }
`;

async function pidsWhen(place: Workplace, count: number): Promise<number[]> {
  return until(`${count} watched`, async () => {
    const pids = await place.pids('branches/server');
    return pids.length === count && pids;
  });
}

test('of three programs that only their arguments tell apart the one that was killed is noticed and brought back, the others untouched', async () => {
  const place = placeOfTest();
  const [tokyo, osaka = 0, nagoya] = await startBranches(place);
  place.write('restart.sh', restartScript(place), 0o755);
  await watch(place, profile(place, '{ min: 3 }'));
  const found = await pidsWhen(place, 3);
  expect(found.toSorted()).toEqual([tokyo, osaka, nagoya].toSorted());
  await place.noticed('process.ready');
  const { state, expected, restarts } = await place.process('branches/server');
  expect({ state, expected, count: restarts.count }).toEqual({ state: 'running', expected: 3, count: 0 });

  const victim = livingAt(osaka);
  if (victim !== null) killLiving(victim);
  const down = await place.noticed('process.down', { name: 'branches/server' });
  expect(down).toMatchObject({ reason: 'killed by SIGKILL', instance: { pid: osaka } });
  const [next = 0] = await until('another osaka', () => {
    const pids = copies(place, 'osaka');
    return pids.length === 1 && pids;
  });
  const after = await until('three watched, the new one among them', async () => {
    const process = await place.process('branches/server');
    const pids = process.instances.map(({ pid }) => pid);
    return process.state === 'running' && pids.includes(next) && pids;
  });
  expect(after.toSorted()).toEqual([tokyo, nagoya, next].toSorted());
  expect([copies(place, 'tokyo'), copies(place, 'nagoya')]).toEqual([[tokyo], [nagoya]]);
  expect((await place.process('branches/server')).restarts.count).toBe(1);
  const told = place
    .notices('branches/server')
    .flatMap(({ id }) => (id === 'dump.taken' ? [] : [id.replace('process.', '')]));
  expect(told).toEqual(['up', 'up', 'up', 'ready', 'down', 'restarting', 'starting', 'up', 'ready']);
  expect(readFileSync(place.path('script-runs'), 'utf8')).toBe('branches/server\n');
});

test('a fourth is too many where at most three may be: said once, with the pids, and none of them is touched', async () => {
  const place = placeOfTest();
  const three = await startBranches(place);
  place.write('restart.sh', restartScript(place), 0o755);
  await watch(place, profile(place, '{ min: 3, max: 3 }'));
  await pidsWhen(place, 3);
  startCopy(place, '--branch', 'kobe');
  const [kobe = 0] = await until('a fourth', () => {
    const pids = copies(place, 'kobe');
    return pids.length === 1 && pids;
  });
  // Any look at the machine finds it; the one after a death is the soonest.
  const victim = livingAt(three[0] ?? 0);
  if (victim !== null) killLiving(victim);
  const extra = await place.noticed('process.extra', { name: 'branches/server' });
  const four = await pidsWhen(place, 4);
  expect(four).toEqual(expect.arrayContaining([kobe, three[1], three[2]]));
  expect(extra).toMatchObject({
    severity: 'warning',
    reason: '4 live, at most 3 may',
    parameters: { count: 4, most: 3 },
  });
  expect(String(extra.parameters['pids']).split(' ').map(Number).toSorted()).toEqual(four.toSorted());
  expect(four.every((pid) => livingAt(pid) !== null)).toBe(true);

  // Whoever kills the one that was too many is no failure: three are left.
  const tooMany = livingAt(kobe);
  if (tooMany !== null) killLiving(tooMany);
  expect((await pidsWhen(place, 3)).toSorted()).toEqual(four.filter((pid) => pid !== kobe).toSorted());
  expect((await place.process('branches/server')).restarts.count).toBe(1);
  expect(place.notices().filter(({ id }) => id === 'process.extra')).toHaveLength(1);
  expect(readFileSync(place.path('script-runs'), 'utf8')).toBe('branches/server\n');
});

test('a shortage shorter than it may last is no failure, and no script runs', async () => {
  const place = placeOfTest();
  const [tokyo = 0] = await startBranches(place);
  place.write('restart.sh', restartScript(place), 0o755);
  await watch(place, profile(place, '{ min: 2, max: 4, for: 1h }'));
  await pidsWhen(place, 3);
  const [, osaka = 0] = await place.pids('branches/server');
  for (const pid of new Set([tokyo, osaka])) {
    const victim = livingAt(pid);
    if (victim !== null) killLiving(victim);
  }
  await place.noticed('process.down', { name: 'branches/server', times: 2 });
  expect(await place.process('branches/server')).toMatchObject({
    why: '1 live, at least 2 must; that is tolerated for a moment.',
    restarts: { count: 0 },
  });
  expect(existsSync(place.path('script-runs'))).toBe(false);
});
