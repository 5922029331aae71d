import { expect, test } from 'vitest';
import { effectsChanged } from '../planted.ts';
import { explore } from './explore.ts';
import { waitingLaw } from './waiting.ts';
import { smallWorlds } from './worlds.ts';

/** Deeper with `npm run simulate -- --exhaustive DEPTH`. */
const depth = 5;

test.each(Object.entries(smallWorlds))('every law holds in all histories of a small world: %s', (_, profiles) => {
  const explored = explore({ profiles, depth });
  expect(explored).toMatchObject({ depth, isWhole: true });
  expect(explored.states).toBeGreaterThan(1_000);
});

test(`an engine that forgets to search is caught by the law: ${waitingLaw}`, () => {
  const step = effectsChanged((effects) => effects.filter((effect) => effect.do !== 'search'));
  const caught = () => Object.values(smallWorlds).map((profiles) => explore({ profiles, depth: 3, step }));
  expect(caught).toThrow(waitingLaw);
});

test('a broken law comes with the history that broke it, step by step', () => {
  const [profiles] = Object.values(smallWorlds);
  const step = effectsChanged((effects) => effects.filter((effect) => effect.do !== 'answer'));
  expect(() => explore({ profiles: profiles ?? [], depth: 3, step })).toThrow(
    /each request is answered once: .*\n {2}1\. began\n {2}2\. pause shop\/base/,
  );
});
