import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ProcessStat, readStat } from '../../../source/platform/linux/proc.ts';
import { familiesOf, membersOf } from '../../../source/platform/linux/process-tree.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { fileWith, instanceAt, openWorkshop, pidsIn, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

const ask = (instance: Instance, signal: string) =>
  reported<string | null>((report) => workshop.platform.ports.terminator.ask(instance, signal, report));
const killTree = (instance: Instance, launch: string | null, tree = true) =>
  reported<readonly number[]>((report) =>
    workshop.platform.ports.terminator.killTree(instance, { tree, launch }, report),
  );
const isAlive = (instance: Instance) => workshop.platform.ports.table.isAlive(instance);

test('an instance that is asked ends by itself', async () => {
  const child = await workshop.started(['sleep', '1000']);
  const exit = workshop.exitOf(child);
  expect(await ask(child, 'SIGTERM')).toBeNull();
  expect(await exit).toEqual({ signal: 'SIGTERM', core: false });
  expect(await killTree(child, null)).toEqual([]);
});

test('an instance that was stopped by a signal obeys when it is asked', async () => {
  const child = await workshop.started([
    'sh',
    '-c',
    'trap "echo obeyed >obeyed; exit 0" TERM; touch set; while :; do sleep 0.05; done',
  ]);
  await fileWith(workshop.file('set'), () => existsSync(workshop.file('set')));
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGSTOP');
  await vi.waitUntil(() => readStat(child.pid)?.state === 'T');
  expect(await ask(child, 'SIGTERM')).toBeNull();
  expect(await exit).toEqual({ code: 0 });
  expect(existsSync(workshop.file('obeyed'))).toBe(true);
});

test('children and grandchildren that ignore TERM, and one in a session of its own, are all killed', async () => {
  const child = await workshop.started([program('stubborn-tree.sh'), workshop.file('family')]);
  const family = (await pidsIn(workshop.file('family'), 4)).map(instanceAt);
  const exit = workshop.exitOf(child);
  expect(await ask(child, 'SIGTERM')).toBeNull();
  expect(family.every(isAlive)).toBe(true);
  expect(await killTree(child, null)).toEqual([]);
  expect(await exit).toEqual({ signal: 'SIGKILL', core: false });
  expect(family.filter(isAlive)).toEqual([]);
});

test('a family whose head is dead is still found, by session, by descent and by the mark of its launch', async () => {
  const launch = 'headless';
  const child = await workshop.started([program('stubborn-tree.sh'), workshop.file('family')], { launch });
  const family = (await pidsIn(workshop.file('family'), 4)).map(instanceAt);
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGKILL');
  await exit;
  expect(family.filter(isAlive)).toHaveLength(3);
  expect(await killTree(child, launch)).toEqual([]);
  expect(family.filter(isAlive)).toEqual([]);
});

test('a child that fled into a session of its own and lost its parents is remembered from the asking', async () => {
  const child = await workshop.started([
    'sh',
    '-c',
    'trap "exit 0" TERM; (setsid sleep 1000 & echo $! >near.pid; wait) & wait',
  ]);
  const [near = 0] = await pidsIn(workshop.file('near.pid'), 1);
  const fled = instanceAt(near);
  const exit = workshop.exitOf(child);
  expect(await ask(child, 'SIGTERM')).toBeNull();
  expect(await exit).toEqual({ code: 0 });
  expect(isAlive(fled)).toBe(true);
  expect(await killTree(child, null)).toEqual([]);
  expect(isAlive(fled)).toBe(false);
});

test('without tree only the instance is killed', async () => {
  const child = await workshop.started([program('stubborn-tree.sh'), workshop.file('family')], { launch: 'alone' });
  const family = (await pidsIn(workshop.file('family'), 4)).map(instanceAt);
  expect(await killTree(child, null, false)).toEqual([]);
  expect(family.filter(isAlive)).toHaveLength(3);
  expect(await killTree(child, 'alone')).toEqual([]);
});

test('after a death that left nobody the answer comes without a look at /proc', async () => {
  const child = await workshop.started(['true']);
  await workshop.exitOf(child);
  let isReported = false;
  workshop.platform.ports.terminator.killTree(child, { tree: true, launch: 'gone' }, (left) => {
    expect(left).toEqual([]);
    isReported = true;
  });
  // A scan takes at least one turn of the event loop.
  await Promise.resolve();
  expect(isReported).toBe(true);
});

test('a word that is no signal is a problem, an instance that is gone is none', async () => {
  const child = await workshop.started(['true']);
  expect(await ask(child, 'SIGNOTHING')).toContain('SIGNOTHING is not a signal');
  await workshop.exitOf(child);
  expect(await ask(child, 'SIGTERM')).toBeNull();
});

test('another process that bears the pid is neither asked nor killed', async () => {
  const child = await workshop.started(['sleep', '1000']);
  const former = { ...child, startTime: child.startTime - 1 };
  expect(await ask(former, 'SIGTERM')).toBeNull();
  expect(await killTree(former, 'another launch')).toEqual([]);
  expect(isAlive(child)).toBe(true);
});

test.skipIf(process.geteuid?.() !== 0)(
  'a pid that the kernel gave to another process is never signalled, where a plain kill hits it',
  () => {
    const run = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', process.execPath, program('pid-reuse.ts')], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      isSamePid: true,
      reportForTheDead: { unknown: expect.any(String) },
      asked: null,
      left: [],
      survivesTerminator: true,
      survivesPlainKill: false,
    });
  },
);

test('a tree never holds ourselves, pid 1, or what we started, even when we run below it', () => {
  const stat = (pid: number, parent: number, session = pid): ProcessStat => ({
    pid,
    parent,
    session,
    group: pid,
    endedChildrenCpuTicks: 0,
    threads: 1,
    name: 'test',
    state: 'S',
    startTime: 100,
    cpuTicks: 0,
    residentPages: 0,
    exitCode: 0,
  });
  const own = process.pid;
  const all = [stat(1, 0), stat(10, 1), stat(11, 10, 10), stat(own, 11, 10), stat(own + 1, own)];
  const query = { root: { pid: 10, startTime: 100, startedAtMs: 0 }, remembered: new Map(), leadsSession: true };
  const families = familiesOf(new Map(all.map((one) => [one.pid, one])));
  expect(membersOf(query, families).map(({ pid }) => pid)).toEqual([10, 11]);
});
