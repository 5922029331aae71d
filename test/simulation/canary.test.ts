import { expect, test } from 'vitest';
import { canaries } from './canary.ts';
import { BrokenLaw, runHistory } from './history.ts';
import { lawNames } from './laws.ts';

const seeds = 200;
const steps = 300;

test('every law has its canary, and every canary its law', () => {
  expect(Object.keys(canaries).toSorted()).toEqual(lawNames.toSorted());
});

test.each(lawNames)('a planted bug is caught by the law: %s', { timeout: 60_000 }, (law) => {
  const canary = canaries[law];
  if (canary === undefined) throw new Error(`no canary breaks: ${law}`);
  const caught = () => {
    for (let seed = 1; seed <= seeds; seed += 1) runHistory({ seed, steps, ...canary, only: law });
  };
  expect(caught).toThrow(BrokenLaw);
  expect(caught).toThrow(`: ${law}: `);
  expect(caught).toThrow(/npm run simulate -- --seed \d+ --steps 300/);
});
