import { expect, test } from 'vitest';
import { canaries } from './canary.ts';
import { BrokenLaw, runHistory } from './history.ts';

/** 220 histories of 1,000 steps: every `npm test` takes them, `npm run simulate` takes any number. */
const histories = 220;
const stepsEach = 1_000;

test('the laws hold in 220 random histories of 1,000 steps, with kills of the engine and reboots among them', {
  timeout: 300_000,
}, () => {
  let steps = 0;
  let kills = 0;
  for (let seed = 1; seed <= histories; seed += 1) {
    const result = runHistory({ seed, steps: stepsEach });
    steps += result.steps;
    kills += result.kills;
  }
  expect(steps).toBeGreaterThanOrEqual(200_000);
  expect(kills).toBeGreaterThan(histories);
});

test('the same seed gives the same history', () => {
  expect(runHistory({ seed: 7, steps: 500 })).toEqual(runHistory({ seed: 7, steps: 500 }));
});

test.each(Object.keys(canaries))(
  'an engine that %s is caught, with the command that repeats it',
  { timeout: 120_000 },
  (name) => {
    const step = canaries[name];
    if (step === undefined) throw new Error(`no canary ${name}`);
    const caught = () => {
      for (let seed = 1; seed <= 60; seed += 1) runHistory({ seed, steps: stepsEach, step });
    };
    expect(caught).toThrow(BrokenLaw);
    expect(caught).toThrow(/npm run simulate -- --seed \d+ --steps 1000/);
  },
);
