import { expect, test } from 'vitest';
import { UsageSampler } from '../../source/daemon/usage.ts';
import type { EngineState } from '../../source/engine/state.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import type { Meter, SampleWish } from '../../source/ports/meter.ts';

const nowMs = 1_000_000;
const instanceOf = (pid: number) => ({ pid, startTime: pid, startedAtMs: nowMs - 10_000 });

/** As many processes as pids are told, one instance each. */
function stateOf(...pids: readonly number[]): EngineState {
  const processes = pids.map((pid) => ({ slots: [{ living: [{ instance: instanceOf(pid) }] }] }));
  return { processes } as unknown as EngineState;
}

function sampling() {
  const asked: { readonly pids: readonly number[]; readonly wish: SampleWish | undefined }[] = [];
  let cpuMs = 1_000;
  const sample: Meter['sample'] = (wanted, report) => {
    asked.push({ pids: wanted.map(({ instance }) => instance.pid), wish: wanted[0]?.wish });
    report(wanted.map(({ instance: { pid } }) => (pid === 13 ? null : { ...rest, cpuMs, memoryBytes: 4096 })));
  };
  const rest = { threads: 1, descriptors: null, state: 'sleeping' } as const;
  const usage = new UsageSampler({ sample });
  const seen = (state: EngineState, at = 0) => {
    const { cpuPercent, memoryBytes } = usage.fillIn(state.processes[at], {} as ProcessStatus);
    return { cpuPercent, memoryBytes };
  };
  const spend = (ms: number): void => {
    cpuMs += ms;
  };
  return { usage, asked, seen, spend };
}

test('the first look tells the share since its start, the next one that since the look before', () => {
  const { usage, seen, spend } = sampling();
  const state = stateOf(7);
  usage.sampleAll(state, nowMs, () => {});
  expect(seen(state)).toEqual({ cpuPercent: 10, memoryBytes: 4096 });
  spend(1_500);
  usage.sampleAll(state, nowMs + 3_000, () => {});
  expect(seen(state).cpuPercent).toBe(50);
});

test('all are measured with what descends from them, in one pass', () => {
  const { usage, asked } = sampling();
  const pids = Array.from({ length: 1_000 }, (_, at) => at + 100);
  usage.sampleAll(stateOf(...pids), nowMs, () => {});
  expect(asked).toEqual([{ pids, wish: { tree: true, descriptors: false, threadStates: false } }]);
});

test('a second look in the same breath measures nobody anew, and forgets nobody', () => {
  const { usage, asked, seen } = sampling();
  const state = stateOf(7);
  usage.sampleAll(state, nowMs, () => {});
  usage.sampleAll(state, nowMs + 100, () => {});
  expect(asked.map(({ pids }) => pids)).toEqual([[7], []]);
  expect(seen(state).memoryBytes).toBe(4096);
});

test('of one that is gone nothing is told', () => {
  const { usage, seen } = sampling();
  const state = stateOf(13);
  usage.sampleAll(state, nowMs, () => {});
  expect(seen(state)).toEqual({ cpuPercent: 0, memoryBytes: 0 });
});
