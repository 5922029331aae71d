import { expect, test } from 'vitest';
import type { SavedState } from '../../source/engine/durable.ts';
import type { Instance } from '../../source/ports/instance.ts';
import type { Message } from '../../source/ports/messages.ts';
import { DrivenEngine } from './driven-engine.ts';
import { api, held, runningUnder, shopOf, signsOf, vitalTimerOf } from './watched-engine.ts';

function speaking(fields: string) {
  const { engine, instance } = runningUnder(fields);
  const say = (message: Message, who: Instance = instance) =>
    engine.happen({ type: 'said', slot: api, instance: who, message });
  return { engine, instance, say };
}

const child: Instance = { pid: 900, startTime: 9, startedAtMs: 9 };

test('what a process says of itself is shown until it ends', () => {
  const { engine, say } = speaking('stall: { heartbeat: 30s }');
  say({ status: 'reading orders' });
  expect(engine.status('shop/api').says).toBe('reading orders');
  engine.die(api);
  expect(engine.status('shop/api').says).toBeNull();
});

test('a word of somebody who does not live here counts for nothing', () => {
  const { engine, say } = speaking('stall: { heartbeat: 30s }');
  say({ status: 'I am it' }, child);
  expect(engine.status('shop/api').says).toBeNull();
});

test('a process that says that it ends is watched by no rule any more', () => {
  const { engine, instance, say } = speaking('stall: { heartbeat: 30s }');
  say({ stopping: true });
  expect(signsOf(engine)).toEqual([`unwatch-signs ${instance.pid}`]);
  say({ ready: true });
  expect(engine.slot(api).word.is).toBe('stopping');
});

test('a reload is over when the process is ready again', () => {
  const { engine, say } = speaking('stop: { grace: 5s }');
  say({ reloading: true });
  expect(engine.slot(api).word.is).toBe('reloading');
  say({ ready: true });
  expect(engine.slot(api).word.is).toBeNull();
});

test('its own heartbeat limit takes the place of the profile, 0 switches the rule off, and its end brings the profile back', () => {
  const { engine, instance, say } = speaking('stall: { heartbeat: 30s }');
  engine.pass(10_000);
  say({ heartbeatMs: 5_000 });
  expect(signsOf(engine)).toEqual([`watch-signs ${instance.pid}`]);
  expect(vitalTimerOf(engine)).toBe(engine.nowMs + 5_000);
  say({ heartbeatMs: 0 });
  expect(signsOf(engine)).toEqual([`unwatch-signs ${instance.pid}`]);
  engine.die(api);
  engine.launch(api);
  expect(vitalTimerOf(engine)).toBe(engine.nowMs + 30_000);
});

test('a process without any rule can ask for one itself', () => {
  const { engine, say } = speaking('onStall: alert');
  say({ heartbeatMs: 5_000 });
  engine.look(api, held('heartbeat', 0));
  expect(engine.told('process.stalled')).toHaveLength(1);
});

test('its own heartbeat limit outlives the engine', () => {
  const { engine, instance, say } = speaking('onStall: alert');
  say({ heartbeatMs: 5_000 });
  const slots = engine.effects.flatMap((effect) => (effect.do === 'save' ? [effect.records[`slot:${api}`]] : []));
  const { group, declared, wanted, pause, overrides } = engine.state.processes[0] ?? {};
  const saved = {
    sameBoot: true,
    endedInOrder: true,
    groups: { shop: { spec: { ...engine.state.groups[0]?.spec, processes: [] }, pause: null } },
    processes: { 'shop/api': { group, declared, wanted, pause, overrides } },
    slots: { [api]: slots[0] },
  } as unknown as SavedState;
  const next = new DrivenEngine().begin(shopOf('onStall: alert'), { saved, alive: [instance] });
  expect(vitalTimerOf(next)).toBe(next.nowMs + 5_000);
});

test('WATCHDOG=trigger is a stall at once, and only a sign of life after it ends it', () => {
  const { engine, say } = speaking('stall: { heartbeat: 30s }, onStall: alert');
  engine.pass(10_000);
  const beforeMs = engine.nowMs - 1_000;
  say({ watchdog: 'trigger' });
  say({ watchdog: 'trigger' });
  expect(engine.told('process.stalled').map(({ parameters }) => parameters)).toEqual([
    { rule: 'heartbeat', reason: 'the process says itself that it is stuck (WATCHDOG=trigger)' },
  ]);
  engine.look(api, held('heartbeat', beforeMs));
  expect(engine.told('process.stall-ended')).toHaveLength(0);
  engine.look(api, held('heartbeat', engine.nowMs + 500));
  expect(engine.told('process.stall-ended')).toHaveLength(1);
});

test('WATCHDOG=trigger needs no heartbeat rule; READY=1 takes it back', () => {
  const { engine, say } = speaking('onStall: alert');
  say({ watchdog: 'trigger' });
  say({ watchdog: 'trigger' });
  expect(engine.told('process.stalled')).toHaveLength(1);
  expect(engine.status('shop/api').stalled?.rule).toBe('heartbeat');
  engine.pass(3_000);
  say({ ready: true });
  expect(engine.told('process.stall-ended')[0]?.parameters).toEqual({ rule: 'heartbeat', tookMs: 3_000 });
  const restarted = speaking('onStall: restart');
  restarted.say({ watchdog: 'trigger' });
  expect(restarted.engine.phase(api)).toBe('examining');
});

test('under a pause WATCHDOG=trigger is nothing', () => {
  const { engine, say } = speaking('onStall: restart');
  engine.ask({ verb: 'pause', target: 'shop', why: '', untilMs: null });
  say({ watchdog: 'trigger' });
  expect(engine.phase(api)).toBe('running');
  expect(engine.told('process.stalled')).toHaveLength(0);
});

test('EXTEND_TIMEOUT_USEC moves the end of getting ready and of the grace period, but never nearer', () => {
  const { engine, say } = speaking('ready: { tcp: "80", within: 10s }, stop: { grace: 5s }');
  const beganMs = engine.nowMs;
  engine.pass(9_000);
  say({ extendMs: 500 });
  expect(engine.slot(api).phase).toMatchObject({ is: 'readying', untilMs: beganMs + 10_000 });
  say({ extendMs: 30_000 });
  expect(engine.slot(api).phase).toMatchObject({ is: 'readying', untilMs: beganMs + 39_000 });
  engine.pass(1_000).ring(api);
  expect(engine.phase(api)).toBe('readying');
  engine.ask({ verb: 'stop', target: 'shop/api' });
  say({ extendMs: 60_000 });
  expect(engine.effects).toContainEqual({ do: 'set-timer', timer: `slot:${api}`, atMs: engine.nowMs + 60_000 });
  expect(engine.pass(5_000).ring(api).phase(api)).toBe('asking');
});

test('EXTEND_TIMEOUT_USEC is heard by the heartbeat rule as well', () => {
  const { engine, say } = speaking('stall: { heartbeat: 30s, output: 30s }, onStall: alert');
  const beganMs = engine.nowMs;
  engine.pass(10_000);
  say({ extendMs: 120_000 });
  engine.look(api, held('heartbeat', beganMs), held('output', beganMs));
  expect(engine.told('process.stalled').map(({ parameters }) => parameters['rule'])).toEqual(['output']);
});

test('MAINPID puts another process in its place: that one is watched from now on', () => {
  const { engine, instance, say } = speaking('stall: { heartbeat: 30s }');
  say({ main: child, status: 'forked' });
  expect(engine.wants()).toEqual(['unwatch', `watch ${api}`]);
  expect(signsOf(engine)).toEqual(['watch-signs 900', `unwatch-signs ${instance.pid}`]);
  expect(engine.told('process.up').at(-1)?.parameters).toEqual({ how: 'named by the process', pid: 900 });
  expect(engine.status('shop/api')).toMatchObject({ instances: [{ pid: 900 }], says: 'forked' });
  engine.happen({ type: 'exited', slot: api, instance, exit: { code: 0 } });
  expect(engine.phase(api)).toBe('running');
  engine.happen({ type: 'exited', slot: api, instance: child, exit: { code: 1 } });
  expect(engine.phase(api)).toBe('sweeping');
});

test('MAINPID while it gets ready has the new one asked whether it is ready', () => {
  const { engine, say } = speaking('ready: { tcp: "80", within: 10s }');
  say({ main: child });
  expect(engine.wants()).toEqual(['stop-probing', 'unwatch', `watch ${api}`, `probe ${api}`]);
  engine.happen({ type: 'became-ready', slot: api, instance: child });
  expect(engine.phase(api)).toBe('running');
});

test('MAINPID of what is being stopped is not heard: the tree goes as a whole', () => {
  const { engine, instance, say } = speaking('stop: { grace: 5s }');
  engine.ask({ verb: 'stop', target: 'shop/api' });
  say({ main: child });
  expect(engine.slot(api).living).toMatchObject([{ instance }]);
});

test('`heartbeat` gives a sign of life where one is asked for, and is refused where none is', () => {
  const { engine, instance, say } = speaking('onStall: alert');
  expect(engine.ask({ verb: 'heartbeat', target: 'shop/api' })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/no heartbeat rule/),
  });
  say({ heartbeatMs: 5_000 });
  expect(engine.ask({ verb: 'heartbeat', target: 'shop/api' })).toEqual({ ok: true, affected: ['shop/api'] });
  expect(engine.effects).toContainEqual({ do: 'beat', instance });
  engine.ask({ verb: 'stop', target: 'shop/api' });
  engine.die(api, { signal: 'SIGTERM', core: false });
  expect(engine.ask({ verb: 'heartbeat', target: 'shop/api' })).toMatchObject({ ok: false });
});
