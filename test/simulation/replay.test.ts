import { expect, test } from 'vitest';
import type { EngineState } from '../../source/engine/state.ts';
import { Trace } from '../../source/runtime/trace.ts';
import { runHistory } from './history.ts';
import { replayLines } from './replay.ts';

/** A trace of one history, taken at its last step, with all of the lives in it. */
function traceOf(seed: number, steps: number): string[] {
  let trace = new Trace();
  let state: EngineState | null = null;
  runHistory({
    seed,
    steps,
    onStep(event, step, before) {
      if (event.type === 'began') trace = new Trace();
      trace.take(event, before, step.state, step.notices);
      state = step.state;
    },
  });
  expect(state).not.toBeNull();
  return [...trace.lines()];
}

test.each([6, 12, 18, 24, 7, 31])('the trace of history %i leads to the same state again', (seed) => {
  const lines = traceOf(seed, 300);
  const replayed = replayLines(lines, 'trace');
  expect(replayed.events).toBeGreaterThan(20);
  expect(replayed.events).toBeLessThanOrEqual(400);
  expect(replayed.isSame).toBe(true);
});

test('an event that is missing from a trace is noticed', () => {
  const lines = traceOf(6, 300);
  const from = lines.findLastIndex((line) => /"type":"(exited|launched|looked)"/.test(line));
  expect(replayLines(lines.toSpliced(from, 1), 'trace').isSame).toBe(false);
});

test('what is no trace is refused with the reason', () => {
  expect(() => replayLines(['{"id":"process.down"}'], 'notices.jsonl')).toThrow(
    /notices.jsonl does not begin with a state/,
  );
  expect(() => replayLines(['{"state":{}}'], 'notices.jsonl')).toThrow(/not written to its end/);
});
