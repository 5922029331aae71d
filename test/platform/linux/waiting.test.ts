import { describe, expect, test } from 'vitest';
import { type Reading, waitingSince } from '../../../source/platform/linux/waiting.ts';

/** Of one thread, at a moment: how long it has run and waited so far. */
function reading(atMs: number, ranMs: number, waitedMs: number, changes: Partial<Reading> = {}): Reading {
  const threads = new Map([[1, { ranMs, waitedMs }]]);
  return {
    startTime: 1,
    atMs,
    cpuMs: ranMs,
    isRunnable: false,
    threads,
    starvedMs: 0,
    pressureMs: 0,
    waitedMs: 0,
    countedAheadMs: 0,
    ...changes,
  };
}

const asleep = () => false;
const runnable = () => true;

/** Several readings in a row, as the reader makes them; the counter at the end. */
function counted(first: Reading, ...later: (readonly [Reading, () => boolean])[]): number {
  let last = first;
  for (const [now, isRunnable] of later) last = { ...now, ...waitingSince(last, now, isRunnable, 2) };
  return last.waitedMs;
}

describe('how long a process waited for a CPU', () => {
  test('as long as its one thread waited', () => {
    expect(counted(reading(0, 0, 0), [reading(1000, 100, 900), runnable])).toBe(900);
  });

  test('not at all when it slept, however long', () => {
    expect(counted(reading(0, 5, 7), [reading(60_000, 5, 7), asleep])).toBe(0);
  });

  test('all the time when it could run and has not', () => {
    expect(counted(reading(0, 5, 7), [reading(1000, 5, 7), runnable])).toBe(1000);
  });

  test('once only, when the kernel adds the same wait after it ran again', () => {
    const waits: readonly [Reading, () => boolean] = [reading(1000, 5, 0), runnable];
    expect(counted(reading(0, 5, 0), waits, [reading(2000, 15, 1500), asleep])).toBe(1500);
  });

  test('the wait that goes on as well, of one that could run at both ends, and that once only', () => {
    const could = { isRunnable: true };
    const before = reading(0, 0, 0, could);
    const waits: readonly [Reading, () => boolean] = [reading(1000, 20, 400, could), runnable];
    expect(counted(before, waits)).toBe(980);
    // The 580 that were counted ahead are told in the end, with 300 more.
    expect(counted(before, waits, [reading(2000, 30, 1280), asleep])).toBe(1280);
  });

  test('the wait of the thread that waited most', () => {
    const two = (first: number, second: number) =>
      new Map([
        [1, { ranMs: 0, waitedMs: first }],
        [2, { ranMs: 50, waitedMs: second }],
      ]);
    const before = reading(0, 0, 0, { threads: two(500, 0) });
    expect(counted(before, [reading(1000, 50, 0, { threads: two(510, 800) }), asleep])).toBe(800);
  });

  test('not while another of its threads ran', () => {
    const threads = new Map([
      [1, { ranMs: 990, waitedMs: 0 }],
      [2, { ranMs: 0, waitedMs: 900 }],
    ]);
    expect(counted(reading(0, 0, 0), [reading(1000, 0, 0, { cpuMs: 990, threads }), asleep])).toBe(10);
  });

  test('not because its own many threads share all the CPUs among themselves', () => {
    const many = (ranMs: number, waitedMs: number) =>
      new Map(Array.from({ length: 10 }, (_, thread) => [thread, { ranMs, waitedMs }]));
    const before = reading(0, 0, 0, { threads: many(0, 0) });
    expect(counted(before, [reading(1000, 0, 0, { cpuMs: 2000, threads: many(200, 800) }), runnable])).toBe(0);
  });

  test('as long as nothing in its cgroup could run, where that is longer', () => {
    expect(counted(reading(0, 0, 0), [reading(1000, 10, 100, { starvedMs: 700 }), asleep])).toBe(700);
  });

  test('by the pressure of the whole machine where the kernel keeps no waits of threads', () => {
    const none = { threads: new Map() };
    const after = reading(1000, 10, 0, { ...none, pressureMs: 450 });
    expect(counted(reading(0, 0, 0, none), [after, asleep])).toBe(450);
    // And only there: it would stop every timer of a busy machine for good.
    expect(counted(reading(0, 0, 0), [reading(1000, 10, 0, { pressureMs: 450 }), asleep])).toBe(0);
  });
});
