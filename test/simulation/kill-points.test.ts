import { expect, test } from 'vitest';
import { canaries } from './canary.ts';
import { runHistory } from './history.ts';

const steps = 60;

test.each([1, 2, 3, 4, 5, 6])(
  'seed %i: killed at any call of a port, in the middle of a step or between two, the next engine goes on by the laws',
  { timeout: 120_000 },
  (seed) => {
    const { calls } = runHistory({ seed, steps, killAtCall: Number.POSITIVE_INFINITY });
    expect(calls).toBeGreaterThan(steps);
    for (let killAtCall = 1; killAtCall <= calls; killAtCall += 1)
      expect(runHistory({ seed, steps, killAtCall }).kills).toBe(1);
  },
);

test('an engine that does not look for unsaved children is caught at one of the kill points', {
  timeout: 60_000,
}, () => {
  const law = 'nothing is launched of which a copy lives still';
  const caught = () => {
    for (let killAtCall = 1; killAtCall <= 200; killAtCall += 1)
      runHistory({ seed: 1, steps, killAtCall, ...canaries[law] });
  };
  expect(caught).toThrow(/--kill-at \d+/);
});
