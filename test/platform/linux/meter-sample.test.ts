import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LinuxMeter } from '../../../source/platform/linux/meter.ts';
import { listPids, readStat } from '../../../source/platform/linux/proc.ts';
import type { Sample } from '../../../source/ports/meter.ts';
import { until } from '../../end-to-end/until.ts';
import { everything, lack, type Measured, missing, nothingMore, openMeasured } from './measured.ts';
import { instanceAt } from './workshop.ts';

let measured: Measured;
beforeEach(() => {
  measured = openMeasured();
});
afterEach(() => measured.close());

const withCompiler = describe.skipIf(missing('the states of threads', lack.program('gcc')));

test('a process that sleeps has its memory, one thread, its descriptors, and no CPU time passes', async () => {
  const sleeper = await measured.start('sleep', '600');
  await until('it sleeps', () => readStat(sleeper.pid)?.state === 'S');
  const before = await measured.sample(sleeper, everything);
  const after = await measured.sample(sleeper, everything);
  expect(before).toMatchObject({
    threads: 1,
    state: 'sleeping',
    descriptors: readdirSync(`/proc/${sleeper.pid}/fd`).length,
  });
  expect(before?.memoryBytes).toBeGreaterThan(100_000);
  expect(after?.cpuMs).toBe(before?.cpuMs);
});

test('descriptors are counted only when they are wanted', async () => {
  const sleeper = await measured.start('sleep', '600');
  expect(await measured.sample(sleeper, nothingMore)).toMatchObject({ descriptors: null });
});

test('an idle process that does a little is seen to do it: less than the hundredth of a second that /proc counts', async () => {
  const echo = await measured.start('cat');
  await until('it sleeps', () => readStat(echo.pid)?.state === 'S');
  const before = await measured.sample(echo);
  process.kill(echo.pid, 'SIGSTOP');
  process.kill(echo.pid, 'SIGCONT');
  await until('its CPU time moved', async () => ((await measured.sample(echo))?.cpuMs ?? 0) > (before?.cpuMs ?? 0));
  expect(((await measured.sample(echo))?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeLessThan(10);
});

test('a stopped process is stopped, and goes on', async () => {
  const sleeper = await measured.start('sleep', '600');
  process.kill(sleeper.pid, 'SIGSTOP');
  await until('it is stopped', async () => (await measured.sample(sleeper))?.state === 'stopped');
  process.kill(sleeper.pid, 'SIGCONT');
  await until('it sleeps again', async () => (await measured.sample(sleeper))?.state === 'sleeping');
});

test.skipIf(missing('a process that gdb halts', lack.program('gdb')))('one that gdb halts is traced', async () => {
  const sleeper = await measured.start('sleep', '600');
  const debuggerOfIt = await measured.start('gdb', '-q', '-nx', '-p', `${sleeper.pid}`);
  await until('it is traced', async () => (await measured.sample(sleeper))?.state === 'traced');
  expect(await until('it is held', () => measured.meter.lostTime(sleeper)?.held)).toBe(
    `a debugger (gdb, pid ${debuggerOfIt.pid})`,
  );
});

test.skipIf(missing('a process under strace', lack.program('strace')))(
  'one under strace runs, but is held by it; afterwards by nothing',
  async () => {
    const sleeper = await measured.start('sleep', '600');
    const tracer = await measured.start('strace', '-o', '/dev/null', '-p', `${sleeper.pid}`);
    const held = await until('it is held', () => measured.meter.lostTime(sleeper)?.held);
    expect(held).toBe(`a debugger (strace, pid ${tracer.pid})`);
    process.kill(tracer.pid, 'SIGTERM');
    await until('it is free', () => measured.meter.lostTime(sleeper)?.held === null);
  },
);

test('one that is gone, or whose pid is another’s now, is null; a zombie has ended', async () => {
  const sleeper = await measured.start('sleep', '600');
  expect(await measured.sample({ ...sleeper, startTime: sleeper.startTime - 1 })).toBeNull();
  expect(measured.meter.lostTime({ ...sleeper, startTime: sleeper.startTime - 1 })).toBeNull();
  process.kill(sleeper.pid, 'SIGKILL');
  await until('nothing is left of it', async () => (await measured.sample(sleeper)) === null);
  expect(measured.meter.lostTime(sleeper)).toBeNull();
  // A parent that does not wait for its child.
  const parent = await measured.start('sh', '-c', 'true & exec sleep 600');
  const child = await until('its child', () => listPids().find((pid) => readStat(pid)?.parent === parent.pid));
  const zombie = instanceAt(child);
  await until('the child is a zombie', async () => (await measured.sample(zombie, everything))?.state === 'ended');
  expect(measured.meter.lostTime(zombie)).toBeNull();
});

test('the tree counts the CPU time and the memory of what descends from it, the process itself only its own', async () => {
  const shell = await measured.start('sh', '-c', 'sh -c "while :; do :; done" & wait');
  const spent = async (tree: boolean) => (await measured.sample(shell, { ...nothingMore, tree })) as Sample;
  await until('the child has used CPU time', async () => (await spent(true)).cpuMs > 200);
  const [alone, together] = [await spent(false), await spent(true)];
  expect(alone.cpuMs).toBeLessThan(100);
  expect(together.memoryBytes).toBeGreaterThan(alone.memoryBytes);
});

test('a shell that runs one short program after another is not idle: the time of the ended ones stays in the sum', async () => {
  const shell = await measured.start('sh', '-c', 'while :; do head -c 30000000 /dev/zero | md5sum >/dev/null; done');
  const spent = async () => (await measured.sample(shell, { ...nothingMore, tree: true }))?.cpuMs ?? 0;
  await until('it has used CPU time', async () => (await spent()) > 300);
  const before = await spent();
  await until('and uses more', async () => (await spent()) > before + 300);
});

withCompiler('the states of threads', () => {
  test('a process that spins runs, and its CPU time grows no faster than the clock', async () => {
    const spinner = await measured.threads('s');
    const [beforeMs, before] = [performance.now(), await measured.sample(spinner)];
    await until(
      'it ran 200 ms',
      async () => ((await measured.sample(spinner))?.cpuMs ?? 0) > (before?.cpuMs ?? 0) + 200,
    );
    const after = await measured.sample(spinner);
    const passedMs = performance.now() - beforeMs;
    expect(after).toMatchObject({ state: 'running', threads: 1 });
    expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeLessThan(passedMs + 20);
  });

  test('threads that wait for ever are counted, sleep, and use nothing', async () => {
    const waiter = await measured.threads('www');
    await until('all sleep', async () => (await measured.sample(waiter))?.state === 'sleeping');
    const before = await measured.sample(waiter, everything);
    const after = await measured.sample(waiter, everything);
    expect(before).toMatchObject({ threads: 3, state: 'sleeping' });
    expect(after?.cpuMs).toBe(before?.cpuMs);
  });

  test('one in uninterruptible sleep is blocked', async () => {
    const blocked = await measured.threads('d');
    await until('it is blocked', async () => (await measured.sample(blocked))?.state === 'blocked');
  });

  test('with several threads all must be blocked, and only a look at each tells', async () => {
    const all = await measured.threads('dd');
    await until('all are blocked', async () => (await measured.sample(all, everything))?.state === 'blocked');
    expect(await measured.sample(all, nothingMore)).toMatchObject({ state: 'sleeping' });
    const some = await measured.threads('dw');
    await until('its main thread is blocked', () => readStat(some.pid)?.state === 'D');
    expect(await measured.sample(some, everything)).toMatchObject({ state: 'sleeping', threads: 2 });
  });

  test('a process whose main thread has ended lives on in the others', async () => {
    const headless = await measured.threads('ew');
    await until('its main thread has ended', () => readStat(headless.pid)?.state === 'Z');
    expect(await measured.sample(headless, everything)).toMatchObject({ state: 'sleeping' });
    expect(measured.meter.lostTime(headless)).not.toBeNull();
  });
});

test('thousands are reported in the order asked, and the event loop has its turns meanwhile', async () => {
  const few = await Promise.all([1, 2, 3].map(() => measured.start('sleep', '600')));
  const own = instanceAt(process.pid);
  const wanted = Array.from({ length: 3000 }, (_, index) => ({
    instance: few[index % 4] ?? { ...own, pid: 1_000_000_000 + index },
    // Asked for afresh each time, unlike the stat.
    wish: { ...nothingMore, descriptors: true },
  }));
  let turns = 0;
  let isReported = false;
  const turn = () => {
    turns += 1;
    if (!isReported) setImmediate(turn);
  };
  setImmediate(turn);
  const samples = await new Promise<readonly (Sample | null)[]>((resolve) => new LinuxMeter().sample(wanted, resolve));
  isReported = true;
  expect(samples.map((sample) => sample === null)).toEqual(wanted.map((_, index) => index % 4 === 3));
  expect(turns).toBeGreaterThan(2);
});

test('nothing asked for is reported too, and not before the call has returned', async () => {
  let isReported = false;
  const reported = new Promise<void>((resolve) =>
    measured.meter.sample([], (samples) => {
      isReported = samples.length === 0;
      resolve();
    }),
  );
  expect(isReported).toBe(false);
  await reported;
  expect(isReported).toBe(true);
});

test('a child that came since the last look is counted', async () => {
  const shell = await measured.start('sh', '-c', 'read line; sleep 600 & wait');
  const memory = async () => (await measured.sample(shell, { ...nothingMore, tree: true }))?.memoryBytes ?? 0;
  const alone = await memory();
  measured.write(shell, 'go\n');
  await until('its child is counted', async () => (await memory()) > alone + 100_000);
});
