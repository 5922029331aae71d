import { describe, expect, test } from 'vitest';
import type { LostTimeReading } from '../../source/ports/meter.ts';
import { LostTime, lostBetween } from '../../source/runtime/lost-time.ts';

const quiet: LostTimeReading = {
  atMs: 0,
  suspendedMs: 0,
  stolenMs: 0,
  demandedMs: 0,
  waitedMs: 0,
  throttledMs: 0,
  held: null,
};

const at = (seconds: number, more: Partial<LostTimeReading> = {}): LostTimeReading => ({
  ...quiet,
  atMs: seconds * 1_000,
  demandedMs: seconds * 1_000,
  ...more,
});

function account(...readings: readonly LostTimeReading[]): LostTime {
  const lost = new LostTime();
  for (const reading of readings) lost.read(reading);
  return lost;
}

describe('between two readings', () => {
  const total = (from: LostTimeReading, to: LostTimeReading) => {
    const { held, throttled, waited, stolen } = lostBetween(from, to);
    return held + throttled + waited + stolen;
  };

  test('nothing is lost on a machine that has time', () => {
    expect(total(at(0), at(10))).toBe(0);
  });

  test.each([
    ['it waited for a CPU', { waitedMs: 4_000 }, 4_000],
    ['its threads together waited longer than the time that passed', { waitedMs: 40_000 }, 10_000],
    ['its cgroup was throttled', { throttledMs: 6_000 }, 6_000],
    ['a quota that is used up shows as pressure too, and counts once', { throttledMs: 6_000, waitedMs: 6_500 }, 6_500],
    ['the hypervisor gave a third of what was asked for to others', { stolenMs: 3_000, demandedMs: 9_000 }, 10_000 / 3],
    ['steal comes on top of waiting', { stolenMs: 5_000, waitedMs: 2_000 }, 7_000],
    ['but no more is lost than has passed', { stolenMs: 9_000, waitedMs: 9_000 }, 10_000],
    ['a debugger holds it', { held: 'debugger gdb, pid 4711' }, 10_000],
    ['a counter went back with a thread that ended', { waitedMs: -3_000 }, 0],
    ['the machine slept, and the monotonic clock with it', { suspendedMs: 60_000 }, 0],
  ])('%s', (_, later, lostMs) => {
    expect(total(at(0), at(10, later))).toBeCloseTo(lostMs);
  });

  test('one that was held at the first reading may have been let go of just now', () => {
    expect(total(at(0, { held: 'debugger gdb, pid 4711' }), at(10))).toBe(10_000);
  });
});

describe('since a sign of life', () => {
  test('all that was lost after it counts, with the cause of most of it', () => {
    const lost = account(at(0), at(10, { waitedMs: 2_000 }), at(20, { waitedMs: 2_000, throttledMs: 7_000 }));
    expect(lost.since(0)).toEqual({ ms: 9_000, cause: 'its cgroup was throttled' });
    expect(lost.since(10_000)).toEqual({ ms: 7_000, cause: 'its cgroup was throttled' });
    // Who may not run for his quota waits a little longer still, for a core that others are on; that is not what held him up.
    const crowded = account(at(0), at(10, { throttledMs: 8_000, waitedMs: 8_500 }));
    expect(crowded.since(0)).toEqual({ ms: 8_500, cause: 'its cgroup was throttled' });
  });

  test('what was lost before it does not', () => {
    expect(account(at(0), at(10, { waitedMs: 9_000 }), at(20, { waitedMs: 9_000 })).since(10_000).ms).toBe(0);
  });

  test('a sign of life between two readings: as much as can lie behind it', () => {
    const lost = account(at(0), at(10, { waitedMs: 4_000 }));
    expect(lost.since(5_000).ms).toBeCloseTo(4_000);
    expect(lost.since(8_000).ms).toBeCloseTo(2_000);
    expect(lost.since(10_000)).toEqual({ ms: 0, cause: '' });
  });

  test('who held it is said in the words of the meter', () => {
    expect(account(at(0), at(10, { held: 'debugger gdb, pid 4711' })).since(0).cause).toBe('debugger gdb, pid 4711');
  });

  test('without a second reading nothing is known to be lost', () => {
    expect(account(at(0)).since(-5_000)).toEqual({ ms: 0, cause: '' });
    expect(account().since(0)).toEqual({ ms: 0, cause: '' });
  });

  test('a silence in which the engine itself stood still begins anew when it looks again', () => {
    const lost = account(at(0));
    lost.wasAway(30_000);
    expect(lost.since(10_000)).toEqual({ ms: 20_000, cause: 'the engine itself stood still' });
    lost.read(at(40, { waitedMs: 3_000 }));
    expect(lost.since(10_000).ms).toBeCloseTo(23_000);
    expect(lost.since(31_000).ms).toBeCloseTo(3_000);
  });

  test('how long the machine slept is told apart', () => {
    const lost = account(at(0), at(10, { suspendedMs: 3_600_000 }));
    expect(lost.suspendedSince(5_000)).toBe(3_600_000);
    expect(lost.suspendedSince(10_000)).toBe(0);
  });

  test('a reading that is older than the last one is nothing new', () => {
    expect(account(at(0), at(10, { waitedMs: 1_000 }), at(5, { waitedMs: 9_000 })).since(0).ms).toBe(1_000);
  });
});

test('it remembers little, and what it remembers stays true', () => {
  const lost = new LostTime();
  for (let second = 0; second <= 10_000; second += 1) lost.read(at(second, { waitedMs: second * 100 }));
  expect(lost.since(0).ms).toBeCloseTo(1_000_000);
  expect(lost.since(9_999_000).ms).toBeCloseTo(100);
  lost.forgetBefore(9_000_000);
  expect(lost.since(9_999_000).ms).toBeCloseTo(100);
});
