import { expect, test } from 'vitest';
import { roughly, withLiveTimers } from '../../source/daemon/stall-timers.ts';
import type { ProcessRecord } from '../../source/engine/state.ts';
import type { StallStatus } from '../../source/engine/status.ts';
import type { Instance } from '../../source/ports/instance.ts';
import { processStatus } from '../cli/run-command.ts';

const timer = (rule: string, elapsedMs: number, lostMs = 0, slot = 1): StallStatus => ({
  rule,
  elapsedMs,
  limitMs: 30_000,
  lostMs,
  lostTo: lostMs === 0 ? '' : 'a debugger',
  slot,
});

/** Only what is asked of a record: who lives in it. */
function recordOf(...pids: readonly number[]): ProcessRecord {
  const living = pids.map((pid, at) => ({ number: at + 1, launch: null, instance: { pid } as Instance }));
  return { slots: living.map((one) => ({ number: one.number, living: [one] })) } as unknown as ProcessRecord;
}

const asOfTheLastLook = processStatus({ name: 'api', stall: [timer('heartbeat', 100), timer('output', 100)] });

test('whoever looks sees the timers as they stand now, of several instances the nearest to its limit', () => {
  const live: Readonly<Record<number, readonly StallStatus[]>> = {
    4440: [timer('heartbeat', 9_000), timer('output', 2_000)],
    4441: [timer('heartbeat', 3_000, 500), timer('output', 29_000)],
  };
  const { stall } = withLiveTimers(recordOf(4440, 4441), asOfTheLastLook, ({ pid }) => live[pid] ?? []);
  expect(stall).toEqual([timer('heartbeat', 9_000), timer('output', 29_000, 0, 2)]);
});

test('what nobody keeps account of any more is told as the engine knows it', () => {
  expect(withLiveTimers(recordOf(4440), asOfTheLastLook, () => [])).toBe(asOfTheLastLook);
  expect(withLiveTimers(undefined, asOfTheLastLook, () => [timer('heartbeat', 1)])).toBe(asOfTheLastLook);
});

test('where no rule runs nobody is asked', () => {
  const plain = processStatus({ name: 'api' });
  const ask = (): never => {
    throw new Error('it was asked');
  };
  expect(withLiveTimers(recordOf(4440), plain, ask)).toBe(plain);
});

test('a timer that has moved by less than can be seen is no news', () => {
  const at = (elapsedMs: number): string =>
    JSON.stringify(roughly(processStatus({ name: 'api', stall: [timer('output', elapsedMs)] })));
  expect(at(3_100)).toBe(at(4_400));
  expect(at(3_100)).not.toBe(at(4_600));
});

test('a moment that comes out a millisecond later is no news', () => {
  const running = processStatus({ name: 'api' });
  const at = (since: string): string => {
    const slots = running.slots.map((slot) => ({ ...slot, since }));
    return JSON.stringify(roughly({ ...running, slots }));
  };
  expect(at('2026-11-29T23:07:42.966Z')).toBe(at('2026-11-29T23:07:42.967Z'));
  expect(at('2026-11-29T23:07:42.966Z')).not.toBe(at('2026-11-29T23:09:42.966Z'));
});
