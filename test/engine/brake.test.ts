import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';

const workers = (count: number, perSecond: number) =>
  `{ restartsPerSecond: ${perSecond}, groups: { farm: { processes: { worker: { command: [worker], instances: ${count} } } } } }`;

function running(count: number, perSecond: number): DrivenEngine {
  const engine = new DrivenEngine().begin(workers(count, perSecond));
  for (let slot = 1; slot <= count; slot += 1) engine.launch(`farm/worker#${slot}`);
  return engine;
}

test('when thirty die in one instant, so many are restarted at once as the brake lets through, the rest in order', () => {
  const engine = running(30, 10);
  for (let slot = 1; slot <= 30; slot += 1) engine.die(`farm/worker#${slot}`);
  const launching = () =>
    engine.state.processes[0]?.slots.filter((slot) => slot.phase.is === 'launching').map((slot) => slot.number);
  expect(launching()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(engine.told('storm.braked')).toHaveLength(1);
  engine.pass(1_000).happen({ type: 'timer-rang', timer: 'brake:' });
  expect(launching()).toHaveLength(20);
  engine.pass(1_000).happen({ type: 'timer-rang', timer: 'brake:' });
  expect(launching()).toHaveLength(30);
  expect(engine.state.brake.queue).toEqual([]);
  expect(engine.told('storm.braked')).toHaveLength(1);
});

test('first starts are not braked, only a hundred are under way at once', () => {
  const engine = new DrivenEngine().begin(workers(250, 1));
  expect(engine.wants()).toHaveLength(100);
  engine.launch('farm/worker#1');
  expect(engine.wants()).toEqual(['watch farm/worker#1', 'launch farm/worker#101']);
});

test('an operator is not braked', () => {
  const engine = running(5, 1);
  engine.ask({ verb: 'restart', target: 'farm' });
  for (let slot = 1; slot <= 5; slot += 1) engine.die(`farm/worker#${slot}`);
  expect(engine.state.processes[0]?.slots.every((slot) => slot.phase.is === 'launching')).toBe(true);
});

test('who is stopped while it waits for its turn does not start', () => {
  const engine = running(3, 1);
  for (const slot of [1, 2, 3]) engine.die(`farm/worker#${slot}`);
  engine.ask({ verb: 'stop', target: 'farm' });
  engine.pass(1_000).happen({ type: 'timer-rang', timer: 'brake:' });
  expect([engine.phase('farm/worker#2'), engine.phase('farm/worker#3')]).toEqual(['stopped', 'stopped']);
});

test('who is asked to restart while it waits for its turn starts once', () => {
  const engine = running(3, 1);
  for (const slot of [1, 2, 3]) engine.die(`farm/worker#${slot}`);
  engine.ask({ verb: 'restart', target: 'farm/worker#3' });
  expect(engine.wants()).toEqual(['launch farm/worker#3']);
  expect(engine.state.brake.queue).toEqual(['farm/worker#2']);
});

test('a turn that was left for a pause is not kept beside the one that is taken after it', () => {
  const engine = new DrivenEngine().begin(workers(102, 1));
  engine.ask({ verb: 'pause', target: 'farm', why: '', untilMs: null });
  engine.ask({ verb: 'resume', target: 'farm' });
  expect(engine.state.brake.queue).toEqual(['farm/worker#101', 'farm/worker#102']);
});
