import { expect, test } from 'vitest';
import type { Instance } from '../../source/ports/instance.ts';
import { DrivenEngine } from './driven-engine.ts';

const text = (instances: string, restart = '{ run: [start-farm], limit: 5 }') =>
  `groups: { shop: { processes: { farm: { match: { executable: python3 }, instances: ${instances}, restart: ${restart} } } } }`;
const slot = 'shop/farm#1';
const instance = (pid: number): Instance => ({ pid, startTime: pid, startedAtMs: pid });
const searched = (...pids: number[]) =>
  ({ type: 'searched', process: 'shop/farm', found: pids.map(instance) }) as const;

test('each of several is watched; losing one below the minimum runs the restart script while the others run on', () => {
  const engine = new DrivenEngine().begin(text('{ min: 3 }')).happen(searched(1, 2, 3));
  expect(engine.wants()).toEqual(['watch shop/farm#1', 'watch shop/farm#1', 'watch shop/farm#1']);
  expect(engine.status('shop/farm')).toMatchObject({ state: 'running', expected: 3 });
  engine.die(slot);
  expect(engine.wants()).toEqual(['run-script shop/farm#1']);
  expect(engine.status('shop/farm').instances.map((one) => one.pid)).toEqual([2, 3]);
});

test('a death that leaves enough of them restarts nothing', () => {
  const engine = new DrivenEngine().begin(text('{ min: 1, max: 3 }')).happen(searched(1, 2)).die(slot);
  expect(engine.wants()).toEqual([]);
  expect(engine.phase(slot)).toBe('running');
});

test('a shortage shorter than `for` is neither said nor acted on', () => {
  const engine = new DrivenEngine().begin(text('{ min: 2, for: 10s }')).happen(searched(1, 2)).die(slot);
  expect(engine.phase(slot)).toBe('lacking');
  engine.pass(5_000).happen(searched(2, 4));
  expect(engine.phase(slot)).toBe('running');
  expect(engine.told('process.missing')).toEqual([]);
  engine.die(slot).pass(10_000).ring(slot);
  expect(engine.told('process.missing')).toHaveLength(1);
  expect(engine.phase(slot)).toBe('scripting');
});

test('a surplus is said once, when it has lasted', () => {
  const engine = new DrivenEngine().begin(text('{ min: 1, max: 2, for: 10s }')).happen(searched(1, 2, 3));
  expect(engine.told('process.extra')).toEqual([]);
  engine.pass(10_000).happen({ type: 'timer-rang', timer: `surplus:${slot}` });
  expect(engine.told('process.extra')[0]?.parameters).toMatchObject({ count: 3, most: 2, pids: '1 2 3' });
  engine.happen(searched(1, 2, 3, 4));
  expect(engine.told('process.extra')).toHaveLength(1);
});

test('an entry that needs none is well with none', () => {
  expect(new DrivenEngine().begin(text('{ min: 0, max: 2 }')).happen(searched()).phase(slot)).toBe('running');
});
