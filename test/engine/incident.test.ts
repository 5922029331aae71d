import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';
import { api, held, runningUnder, shopOf } from './watched-engine.ts';

test('a death that nobody asked for is an incident, and delays nothing', () => {
  const { engine, instance } = runningUnder('keep: 5, dump: [stack, core]');
  engine.happen({ type: 'exited', slot: api, instance, exit: { signal: 'SIGSEGV', core: true } });
  const wanted = engine.effects.map((effect) => effect.do);
  expect(wanted.indexOf('collect')).toBeGreaterThan(wanted.indexOf('kill-tree'));
  expect(engine.collected()).toMatchObject([
    {
      slot: api,
      number: 1,
      process: 'shop/api',
      incident: 'life.i1',
      instance,
      lives: false,
      reason: { kind: 'down', exit: { signal: 'SIGSEGV', core: true } },
      text: 'killed by SIGSEGV, core dumped',
      kinds: ['stack', 'core'],
    },
  ]);
});

test('a death that was asked for, or that the profile expects, is none', () => {
  const { engine } = runningUnder('keep: 5');
  engine.ask({ verb: 'restart', target: 'shop/api' });
  engine.die(api, { signal: 'SIGTERM', core: false });
  expect(engine.collected()).toEqual([]);
  const oneShot = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { command: [api], restart: { when: never } } } } }',
  );
  oneShot.launch(api);
  oneShot.die(api, { code: 1 });
  expect(oneShot.collected()).toEqual([]);
});

test('with `keep: 0` nothing is an incident', () => {
  expect(runningUnder('keep: 0').engine.die(api).collected()).toEqual([]);
});

test('a process that does not get ready is an incident before it is asked to end', () => {
  const { engine, instance } = runningUnder('ready: { tcp: "80", within: 5s }');
  engine.pass(5_000).ring(api);
  expect(engine.effects.map((effect) => effect.do).filter((one) => one === 'collect' || one === 'ask')).toEqual([
    'collect',
    'ask',
  ]);
  expect(engine.collected()).toMatchObject([{ instance, lives: true, reason: { kind: 'failed' } }]);
  engine.die(api, { signal: 'SIGTERM', core: false });
  expect(engine.collected()).toEqual([]);
});

test('a start that makes no process is an incident without an instance', () => {
  const engine = new DrivenEngine().begin(shopOf('keep: 5'));
  const { phase } = engine.slot(api);
  const launch = phase.is === 'launching' ? phase.launch : '';
  engine.happen({ type: 'launched', slot: api, launch, result: { ok: false, problem: 'no such program' } });
  expect(engine.collected()).toMatchObject([{ instance: null, lives: false, text: 'no such program' }]);
});

const matched =
  'groups: { shop: { processes: { api: { match: { executable: api }, restart: { run: [start], timeout: 10s } } } } }';

test('a restart script that fails, runs out of time, or brings nothing back is an incident', () => {
  const scripting = () => {
    const engine = new DrivenEngine().begin(matched).happen({ type: 'searched', process: 'shop/api', found: [] });
    const { phase } = engine.slot(api);
    return { engine, run: phase.is === 'scripting' ? phase.run : '' };
  };
  const failed = scripting();
  failed.engine.happen({ type: 'script-ended', slot: api, run: failed.run, result: { ok: false, problem: 'exit 1' } });
  expect(failed.engine.collected()).toMatchObject([{ instance: null, text: 'the restart script failed: exit 1' }]);
  const late = scripting();
  expect(late.engine.pass(10_000).ring(api).collected()).toHaveLength(1);
  const idle = scripting();
  idle.engine.happen({ type: 'script-ended', slot: api, run: idle.run, result: { ok: true } });
  expect(idle.engine.collected()).toEqual([]);
  expect(idle.engine.pass(60_000).ring(api).collected()).toHaveLength(1);
});

test('an incident holds what the engine knows: restarts, dependencies, overrides, what the process says, the silence', () => {
  const text = `
groups:
  shop:
    strategy: rest-for-one
    processes:
      base: { command: [base] }
      api: { command: [api], dependsOn: { base: ready }, stall: { heartbeat: 30s }, restart: { limit: 3, within: 1h } }
      web: { command: [web], dependsOn: { api: ready } }`;
  const engine = new DrivenEngine().begin(text);
  engine.launch('shop/base#1');
  engine.launch(api);
  engine.launch('shop/web#1');
  engine.die(api);
  engine.die('shop/web#1', { signal: 'SIGTERM', core: false });
  const restartedAt = new Date(1_700_000_000_000 + engine.nowMs).toISOString();
  engine.pass(1_000);
  const instance = engine.launch(api);
  engine.collected();
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.limit': 7 } }, 'ops2');
  engine.happen({ type: 'said', slot: api, instance, message: { status: 'reading orders' } });
  const heldAtMs = engine.nowMs;
  engine.look(api, held('heartbeat', heldAtMs - 5_000, { ms: 4_000, cause: 'a debugger' }));
  expect(engine.collected()[0]?.facts).toMatchObject({
    state: 'running',
    strategy: 'rest-for-one',
    restarts: { count: 1, limit: 7, within: '1h', at: [restartedAt] },
    dependsOn: [{ name: 'shop/base', condition: 'ready', holds: true }],
    dependants: [{ name: 'shop/web' }],
    overrides: [{ field: 'restart.limit', value: 7, by: 'ops2' }],
    paused: null,
    says: { status: 'reading orders', is: null },
    silence: { rule: 'heartbeat', silentMs: 35_000, lostMs: 4_000, lostTo: 'a debugger' },
  });
});

test('who paused it stands in the incident of a death under a pause', () => {
  const { engine } = runningUnder('keep: 5');
  engine.ask({ verb: 'pause', target: 'shop', why: 'patching', untilMs: null });
  engine.die(api);
  expect(engine.collected()[0]?.facts).toMatchObject({ paused: { by: 'ops1', why: 'patching', until: null } });
});

test('`dump` takes evidence of all that live under the target, and names the incidents', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { command: [api], instances: 2 }, off: { command: [off], keep: 0 } } } }',
  );
  const first = engine.launch('shop/api#1');
  engine.launch('shop/api#2');
  engine.launch('shop/off#1');
  expect(engine.ask({ verb: 'dump', target: 'shop', kinds: ['core'] })).toEqual({
    ok: true,
    affected: ['shop/api'],
    incidents: ['life.i1', 'life.i2'],
  });
  expect(engine.collected()).toMatchObject([
    { slot: 'shop/api#1', kinds: ['core'], lives: true, reason: { kind: 'asked', by: 'ops1' } },
    { slot: 'shop/api#2', number: 2 },
  ]);
  engine.ask({ verb: 'dump', target: String(first.pid), kinds: null });
  expect(engine.collected()).toMatchObject([{ instance: first, kinds: ['stack'] }]);
});

test('`dump` is refused where nothing lives, and where nothing is kept', () => {
  const engine = new DrivenEngine().begin(shopOf('keep: 0'));
  expect(engine.ask({ verb: 'dump', target: 'shop/api', kinds: null })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/has no living process/),
  });
  engine.launch(api);
  expect(engine.ask({ verb: 'dump', target: 'shop/api', kinds: null })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/keep: 0/),
  });
});
