import { expect, test } from 'vitest';
import type { SavedState } from '../../source/engine/durable.ts';
import { DrivenEngine, profileOf } from './driven-engine.ts';

const farm = (more: string) =>
  `groups: { shop: { processes: { farm: { match: { executable: farm }, instances: { min: 1, max: 1, for: 2s }${more} } } } }`;
const two = [1, 2].map((number) => ({ pid: number + 40, startTime: number, startedAtMs: number }));

test('a surplus that was said is said once more at most by the next engine', () => {
  const records: Record<string, unknown> = {};
  const engine = new DrivenEngine().begin(farm(''));
  const keep = () => {
    for (const effect of engine.effects) if (effect.do === 'save') Object.assign(records, effect.records);
  };
  keep();
  engine.happen({ type: 'searched', process: 'shop/farm', found: two });
  keep();
  engine.pass(2_000).happen({ type: 'timer-rang', timer: 'surplus:shop/farm#1' });
  keep();
  expect(engine.told('process.extra')).toHaveLength(1);
  const next = new DrivenEngine().begin(farm(''), { saved: savedFrom(records), alive: two });
  next.pass(2_000).happen({ type: 'timer-rang', timer: 'surplus:shop/farm#1' });
  next.happen({ type: 'searched', process: 'shop/farm', found: two });
  next.happen({ type: 'timer-rang', timer: 'surplus:shop/farm#1' });
  expect(next.told('process.extra')).toHaveLength(1);
});

test('a surplus that a reload allows is none any more', () => {
  const engine = new DrivenEngine().begin(farm(''));
  engine.happen({ type: 'searched', process: 'shop/farm', found: two });
  engine.happen({ type: 'profile-changed', profile: profileOf(farm('').replace('max: 1', 'max: 2')) });
  engine.pass(2_000).happen({ type: 'timer-rang', timer: 'surplus:shop/farm#1' });
  expect(engine.told('process.extra')).toHaveLength(0);
});

test('what a reload makes a surplus is said', () => {
  const engine = new DrivenEngine().begin(farm('').replace('max: 1', 'max: 2'));
  engine.happen({ type: 'searched', process: 'shop/farm', found: two });
  engine.happen({ type: 'profile-changed', profile: profileOf(farm('')) });
  expect(engine.effects).toContainEqual(expect.objectContaining({ do: 'set-timer', timer: 'surplus:shop/farm#1' }));
  engine.pass(2_000).happen({ type: 'timer-rang', timer: 'surplus:shop/farm#1' });
  expect(engine.told('process.extra')).toHaveLength(1);
});

function savedFrom(records: Readonly<Record<string, unknown>>): SavedState {
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.entries(records).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    );
  return {
    sameBoot: true,
    endedInOrder: false,
    groups: under('group:') as SavedState['groups'],
    processes: under('process:') as SavedState['processes'],
    slots: under('slot:') as SavedState['slots'],
  };
}
