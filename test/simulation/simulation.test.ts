import { expect, test } from 'vitest';
import { runHistory } from './history.ts';

/** Every `npm test` takes these; `npm run simulate` takes any number. */
const histories = 2_000;
const stepsEach = 70;

test('the laws hold in 2,000 random histories, with kills of the engine and reboots among them', {
  timeout: 300_000,
}, () => {
  let steps = 0;
  let kills = 0;
  let reboots = 0;
  for (let seed = 1; seed <= histories; seed += 1) {
    const result = runHistory({ seed, steps: stepsEach });
    steps += result.steps;
    kills += result.kills;
    reboots += result.reboots;
  }
  expect(steps).toBeGreaterThanOrEqual(200_000);
  expect(kills).toBeGreaterThan(1_000);
  expect(reboots).toBeGreaterThan(300);
});

test('the laws hold in one long history', { timeout: 60_000 }, () => {
  expect(runHistory({ seed: 1, steps: 10_000 }).steps).toBeGreaterThanOrEqual(10_000);
});

test('the same seed gives the same history', () => {
  expect(runHistory({ seed: 7, steps: 500 })).toEqual(runHistory({ seed: 7, steps: 500 }));
});
