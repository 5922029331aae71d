import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStat } from '../../../source/platform/linux/proc.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import type { LostTimeReading } from '../../../source/ports/meter.ts';
import { until } from '../../end-to-end/until.ts';
import { inCgroup, isRemoved, lack, type Measured, missing, openMeasured } from './measured.ts';

const processors = '/sys/fs/cgroup/cpu';
const freezer = '/sys/fs/cgroup/freezer';
const unified = '/sys/fs/cgroup/unified';

let measured: Measured;
beforeEach(() => {
  measured = openMeasured();
});
afterEach(() => measured.close());

function read(instance: Instance): LostTimeReading {
  const reading = measured.meter.lostTime(instance);
  if (reading === null) throw new Error(`${instance.pid} is gone`);
  return reading;
}

/** What the counters say of so long a time, each as a share of it. */
async function sharesOf(instance: Instance, ms: number) {
  const before = read(instance);
  // The time itself is what is measured.
  await delay(ms);
  const after = read(instance);
  const share = (counter: 'waitedMs' | 'throttledMs' | 'suspendedMs') =>
    (after[counter] - before[counter]) / (after.atMs - before.atMs);
  return { waited: share('waitedMs'), throttled: share('throttledMs'), suspended: share('suspendedMs') };
}

const spin = ['sh', '-c', 'while :; do :; done'] as const;

test('of one that sleeps nothing is lost, and nothing holds it', async () => {
  const sleeper = await measured.start('sleep', '600');
  await until('it sleeps', () => readStat(sleeper.pid)?.state === 'S');
  const { waited, throttled, suspended } = await sharesOf(sleeper, 500);
  expect([throttled, suspended]).toEqual([0, 0]);
  // Its cgroup is that of the test, where others may have to wait for a moment.
  expect(waited).toBeLessThan(0.5);
  expect(read(sleeper).held).toBeNull();
});

test('the machine’s own counters only grow, and are those of /proc/stat', async () => {
  const sleeper = await measured.start('sleep', '600');
  const before = read(sleeper);
  const spinner = await measured.start(...spin);
  await until('somebody asked for CPU time', () => read(sleeper).demandedMs > before.demandedMs + 100);
  expect(read(spinner).stolenMs).toBeGreaterThanOrEqual(before.stolenMs);
  expect(before.demandedMs).toBeGreaterThan(before.stolenMs);
});

test.skipIf(missing('starvation by others', lack.program('taskset')))(
  'one that others crowd out of its CPU waits most of the time',
  async () => {
    for (let other = 0; other < 3; other++) await measured.start('taskset', '-c', '0', ...spin);
    const starved = await measured.start('taskset', '-c', '0', 'nice', '-n', '19', ...spin);
    await until('it is past its exec', () => readStat(starved.pid)?.name === 'sh');
    const { waited } = await sharesOf(starved, 2000);
    expect(waited).toBeGreaterThan(0.6);
    expect(waited).toBeLessThanOrEqual(1.01);
  },
);

const noQuota = missing('a quota of the CPU', lack.cgroup(processors));

/** Where others want the processors too it waits for them before it has used up what it may. */
async function expectThrottled(spinner: Instance): Promise<void> {
  const { throttled, waited } = await sharesOf(spinner, 1500);
  expect(throttled).toBeGreaterThan(0.3);
  expect(Math.max(throttled, waited)).toBeGreaterThan(0.8);
}

test.skipIf(noQuota)('a cgroup with one per cent of a CPU is throttled nearly all the time, at any depth', async () => {
  const spinner = await measured.start(...spin);
  const group = await inCgroup(processors, { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '1000' }, spinner);
  const below = join(group.folder, 'below');
  mkdirSync(below);
  try {
    await until('its quota is used up', () => !group.read('cpu.stat').includes('nr_throttled 0'));
    await expectThrottled(spinner);
    writeFileSync(join(below, 'cgroup.procs'), `${spinner.pid}`);
    await expectThrottled(spinner);
  } finally {
    group.write('cgroup.procs', `${spinner.pid}`);
    await until('the cgroup below is empty', () => isRemoved(below));
    await group.leave();
  }
});

test.skipIf(noQuota)(
  'one that could run and did not the whole time has waited the whole time, and is not counted twice',
  async () => {
    const spinner = await measured.start(...spin);
    // The longest period there is: it runs for 10 ms, then not for nearly a second.
    const group = await inCgroup(processors, { 'cpu.cfs_period_us': '1000000', 'cpu.cfs_quota_us': '10000' }, spinner);
    try {
      const throttled = () => Number(/nr_throttled (\d+)/.exec(group.read('cpu.stat'))?.[1]);
      const before = throttled();
      await until('it has just been throttled', () => throttled() > before);
      const { waited } = await sharesOf(spinner, 400);
      expect(waited).toBeGreaterThan(0.95);
      expect(waited).toBeLessThanOrEqual(1.01);
      // Many waits, one after the other.
      const many = await sharesOf(spinner, 2500);
      expect(many.waited).toBeGreaterThan(0.8);
      expect(many.waited).toBeLessThanOrEqual(1.2);
    } finally {
      await group.leave();
    }
  },
);

test.skipIf(missing('the freezer of cgroup version 1', lack.cgroup(freezer)))(
  'a frozen cgroup holds it, and thawed it is free',
  async () => {
    const sleeper = await measured.start('sleep', '600');
    const group = await inCgroup(freezer, {}, sleeper);
    try {
      expect(read(sleeper).held).toBeNull();
      group.write('freezer.state', 'FROZEN');
      expect(await until('it is frozen', () => read(sleeper).held)).toBe('its cgroup is frozen');
    } finally {
      group.write('freezer.state', 'THAWED');
      await until('it is free', () => read(sleeper).held === null);
      await group.leave();
    }
  },
);

test.skipIf(missing('the freezer of cgroup version 2', lack.cgroup(unified)))(
  'the same with version 2, by a cgroup further up',
  async () => {
    const sleeper = await measured.start('sleep', '600');
    const group = await inCgroup(unified, {}, sleeper);
    const below = join(group.folder, 'below');
    mkdirSync(below);
    writeFileSync(join(below, 'cgroup.procs'), `${sleeper.pid}`);
    try {
      expect(read(sleeper).held).toBeNull();
      group.write('cgroup.freeze', '1');
      expect(await until('it is frozen', () => read(sleeper).held)).toBe('its cgroup is frozen');
    } finally {
      group.write('cgroup.freeze', '0');
      await until('it is free', () => read(sleeper).held === null);
      group.write('cgroup.procs', `${sleeper.pid}`);
      await until('the lower one is empty', () => tryToRemove(below));
      await group.leave();
    }
  },
);

test('a file’s mark changes when it grows; of none, and of one that is taken away, there is no mark', () => {
  const path = join(measured.folder, 'output.log');
  expect(measured.meter.fileMark(path)).toBeNull();
  const beforeMs = Date.now();
  writeFileSync(path, 'one\n');
  const mark = measured.meter.fileMark(path);
  expect(mark?.sizeBytes).toBe(4);
  // The file system's clock is a tick behind.
  expect(mark?.writtenAtMs).toBeGreaterThan(beforeMs - 50);
  writeFileSync(path, 'two\n', { flag: 'a' });
  expect(measured.meter.fileMark(path)?.sizeBytes).toBe(8);
  expect(measured.meter.fileMark(join(path, 'below-a-file'))).toBeNull();
});

function tryToRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
