import { beforeEach, expect, test } from 'vitest';
import { SmallTurns } from '../../source/runtime/small-turns.ts';
import { FakePorts } from './fake-ports.ts';

let ports: FakePorts;
let done: { readonly atMs: number; readonly key: string }[];
let turns: SmallTurns;

beforeEach(() => {
  ports = new FakePorts();
  done = [];
  turns = new SmallTurns('runtime:test', ports, (key) => done.push({ atMs: ports.monoMs, key }));
});

test('a few are done at once, and leave no timer behind', () => {
  for (const key of ['a', 'b']) turns.want(key);
  ports.passTo(0);
  expect(done.map(({ key }) => key)).toEqual(['a', 'b']);
  expect(ports.set.size).toBe(0);
});

test('of many only so many are done in one turn, all of them in their order', () => {
  const keys = Array.from({ length: 120 }, (_, index) => String(index));
  for (const key of keys) turns.want(key);
  ports.passTo(1_000);
  expect(done.map(({ key }) => key)).toEqual(keys);
  const perTurn = Map.groupBy(done, ({ atMs }) => atMs);
  expect([...perTurn.values()].map((turn) => turn.length)).toEqual([50, 50, 20]);
});

test('what is wanted twice before its turn is done once', () => {
  for (const key of ['a', 'b', 'a']) turns.want(key);
  ports.passTo(0);
  expect(done).toHaveLength(2);
});
