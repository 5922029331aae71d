import { expect, test } from 'vitest';
import type { EvidenceResult } from '../../source/ports/evidence.ts';
import { DrivenEngine } from './driven-engine.ts';
import { api, held, runningUnder, shopOf } from './watched-engine.ts';

const taken: EvidenceResult = {
  ok: true,
  number: 12,
  folder: '/evidence/12',
  tookMs: 40,
  fingerprint: 'f',
  same: null,
  missing: [],
};

function examined(fields = 'stall: { heartbeat: 30s }') {
  const { engine, instance } = runningUnder(fields);
  engine.look(api, held('heartbeat', 0));
  const incident = engine.collected()[0]?.incident ?? '';
  const take = (result: EvidenceResult = taken) =>
    engine.happen({ type: 'evidence-taken', slot: api, incident, result });
  return { engine, instance, incident, take };
}

function neverRestarted(fields: string) {
  const engine = new DrivenEngine().begin(
    `groups: { shop: { processes: { api: { command: [api], restart: { when: never }, ${fields} } } } }`,
  );
  engine.launch(api);
  return { engine };
}

test('a stall has evidence taken of the living process before it is restarted, and the restart counts', () => {
  const { engine, instance, take } = examined();
  expect(engine.phase(api)).toBe('examining');
  expect(engine.wants()).toEqual([]);
  expect(take().wants()).toEqual([`ask ${api}`]);
  engine.happen({ type: 'exited', slot: api, instance, exit: { signal: 'SIGTERM', core: false } });
  engine.happen({ type: 'swept', slot: api, left: [] });
  expect(engine.status('shop/api')).toMatchObject({
    restarts: { count: 1 },
    lastFailure: expect.stringMatching(/^no heartbeat for/),
  });
  expect(engine.phase(api)).toBe('launching');
  expect(engine.told('process.down')).toHaveLength(0);
});

test('evidence that takes too long is not waited for, and told of when it comes', () => {
  const { engine, take } = examined();
  engine.pass(5_000).ring(api);
  expect(engine.wants()).toEqual([`ask ${api}`]);
  take({ ok: false, problem: 'the disk is full' });
  expect(engine.phase(api)).toBe('asking');
  expect(engine.told('dump.failed')[0]?.parameters).toMatchObject({ reason: 'the disk is full' });
});

test('how long it may take is what the profile says', () => {
  const text = `evidenceWithin: 2s\n${shopOf('stall: { heartbeat: 30s }')}`;
  const engine = new DrivenEngine().begin(text);
  engine.launch(api);
  engine.look(api, held('heartbeat', 0));
  expect(engine.slot(api).phase).toMatchObject({ is: 'examining', untilMs: engine.nowMs + 2_000 });
  expect(engine.collected()[0]).toMatchObject({ withinMs: 2_000 });
});

test('where no evidence is kept it is restarted at once', () => {
  const { engine } = examined('stall: { heartbeat: 30s }, keep: 0');
  expect(engine.phase(api)).toBe('asking');
  expect(engine.collected()).toEqual([]);
});

test('with `dump` evidence is taken and it goes on; with `alert` nothing but the notice', () => {
  const dumped = runningUnder('stall: { heartbeat: 30s }, onStall: dump').engine.look(api, held('heartbeat', 0));
  expect(dumped.collected()).toMatchObject([{ lives: true, reason: { kind: 'stall', rule: 'heartbeat' } }]);
  expect(dumped.look(api, held('heartbeat', 0)).collected()).toEqual([]);
  const said = runningUnder('stall: { heartbeat: 30s }, onStall: alert').engine.look(api, held('heartbeat', 0));
  expect(said.collected()).toEqual([]);
  expect([dumped.phase(api), said.phase(api)]).toEqual(['running', 'running']);
});

test.each([
  ['stall: { heartbeat: 30s }', held('heartbeat', 0)],
  ['rules: [{ metric: memory, above: 1M, for: 30s, then: restart }]', held('rules.0', 0, undefined, '2M')],
])('what is never restarted is not stopped by %s either: evidence is taken, and it goes on', (fields, sign) => {
  const { engine } = neverRestarted(fields);
  engine.look(api, sign);
  expect(engine.collected()).toMatchObject([{ lives: true }]);
  expect(engine.phase(api)).toBe('running');
  expect(engine.look(api, sign).collected()).toEqual([]);
});

test('why tells that it stays as it is, since it is never restarted', () => {
  const { engine } = neverRestarted('stall: { heartbeat: 30s }');
  engine.look(api, held('heartbeat', engine.nowMs));
  expect(engine.status('shop/api').why).toBe('Alive, but no heartbeat for 30 s (limit 30s); restart.when is never.');
});

test('what is never to be restarted from now on is spared while it is examined', () => {
  const { engine, take } = examined();
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.when': 'never' } });
  expect(take().wants()).toEqual([]);
  expect(engine.phase(api)).toBe('running');
});

test('of rules that run out together the gravest decides, and evidence is taken once', () => {
  const rules = 'rules: [{ metric: memory, above: 1M, for: 30s, then: restart }]';
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, onStall: dump, ${rules}`);
  engine.look(api, held('heartbeat', 0), held('rules.0', 0, undefined, '2M'));
  expect(engine.collected()).toMatchObject([{ reason: { kind: 'rule', metric: 'memory' } }]);
  expect(engine.phase(api)).toBe('examining');
  expect(engine.told('process.stalled')).toHaveLength(1);
  expect(engine.told('process.rule-broken')).toHaveLength(1);
});

test('a pause spares it: it runs on, and evidence that comes later changes nothing', () => {
  const { engine, take } = examined();
  engine.ask({ verb: 'pause', target: 'shop', why: '', untilMs: null });
  expect(engine.phase(api)).toBe('running');
  take();
  expect(engine.phase(api)).toBe('running');
  expect(engine.told('dump.taken')).toHaveLength(1);
});

test('an operator who stops it waits for no evidence', () => {
  const { engine, take } = examined();
  engine.ask({ verb: 'stop', target: 'shop/api' });
  expect(engine.phase(api)).toBe('asking');
  take();
  engine.die(api, { signal: 'SIGTERM', core: false });
  expect(engine.phase(api)).toBe('stopped');
});

test('a death while evidence is taken is restarted like any other, and has an incident of its own', () => {
  const { engine, take } = examined();
  engine.die(api);
  expect(engine.phase(api)).toBe('launching');
  expect(engine.collected()).toMatchObject([{ lives: false, reason: { kind: 'down' } }]);
  expect(engine.status('shop/api').restarts.count).toBe(1);
  take();
  expect(engine.phase(api)).toBe('launching');
});

test('it is shown as running, stalled and not ready, and nobody starts on it', () => {
  const { engine } = examined();
  expect(engine.status('shop/api')).toMatchObject({
    state: 'running',
    ready: false,
    stalled: { rule: 'heartbeat' },
    why: expect.stringMatching(/^It is restarted as soon as evidence is taken: no heartbeat for/),
  });
  expect(engine.groupState('shop')).toBe('degraded');
});

test('one that has to wait for its dependants is not asked before they are down', () => {
  const text = `
groups:
  shop:
    processes:
      api: { command: [api], stall: { heartbeat: 30s } }
      web: { command: [web], dependsOn: { api: started } }`;
  const engine = new DrivenEngine().begin(text);
  engine.launch(api);
  engine.launch('shop/web#1');
  engine.look(api, held('heartbeat', 0));
  engine.ask({ verb: 'stop', target: 'shop' });
  const incident = engine.collected()[0]?.incident ?? '';
  engine.happen({ type: 'evidence-taken', slot: api, incident, result: taken });
  expect(engine.phase(api)).toBe('running');
  engine.die('shop/web#1', { signal: 'SIGTERM', core: false });
  expect(engine.phase(api)).toBe('asking');
});

test('a stall of one of several instances restarts the entry as a whole', () => {
  const entry =
    '{ match: { executable: api }, instances: { max: 2 }, stall: { heartbeat: 30s }, restart: { run: [start] } }';
  const engine = new DrivenEngine().begin(`groups: { shop: { processes: { api: ${entry} } } }`);
  const found = [7, 8].map((pid) => ({ pid, startTime: pid, startedAtMs: pid }));
  engine.happen({ type: 'searched', process: 'shop/api', found });
  engine.look(api, held('heartbeat', 0));
  const [incident] = engine.collected();
  expect(incident).toMatchObject({ instance: { pid: 7 } });
  engine.happen({ type: 'evidence-taken', slot: api, incident: incident?.incident ?? '', result: taken });
  expect(engine.wants()).toEqual([`ask ${api}`, `ask ${api}`]);
});

test('what was taken is said, with what it is like and what is missing', () => {
  const { engine, take } = examined();
  take({ ...taken, same: { number: 3, times: 9, sinceMs: 0 }, missing: ['no user stack: gdb is not installed'] });
  expect(engine.told('dump.taken')[0]).toMatchObject({
    group: 'shop',
    process: 'api',
    parameters: {
      number: 12,
      tookMs: 40,
      folder: '/evidence/12',
      same: ', the same as #3 (9 times since 1970-01-01T00:00:00.000Z)',
      sameAs: 3,
      missing: ' (not taken: no user stack: gdb is not installed)',
    },
  });
});

test('evidence of a process that a reload took away meanwhile is told of still', () => {
  const engine = new DrivenEngine().begin(shopOf('keep: 1'));
  engine.happen({ type: 'evidence-taken', slot: 'shop/gone#2', incident: 'x', result: taken });
  expect(engine.told('dump.taken')[0]).toMatchObject({ group: 'shop', process: 'gone' });
});

test('a pause gives an entry of which too few live the time that it had for that', () => {
  const entry = '{ match: { executable: api }, instances: { min: 2, max: 2, for: 5s }, stall: { heartbeat: 30s } }';
  const engine = new DrivenEngine().begin(`groups: { shop: { processes: { api: ${entry} } } }`);
  const found = [7, 8].map((pid) => ({ pid, startTime: pid, startedAtMs: pid }));
  engine.happen({ type: 'searched', process: 'shop/api', found });
  engine.pass(27_000).die(api);
  expect(engine.phase(api)).toBe('lacking');
  engine.look(api, held('heartbeat', 0));
  expect(engine.phase(api)).toBe('examining');
  engine.ask({ verb: 'pause', target: 'shop', why: '', untilMs: null });
  expect(engine.slot(api).phase).toMatchObject({ is: 'lacking', untilMs: engine.nowMs + 5_000 });
});

test('a service that is stalled is restarted by way of its manager', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { service: api, stall: { heartbeat: 30s } } } } }',
  );
  const main = { pid: 50, startTime: 5, startedAtMs: 5 };
  engine.happen({
    type: 'service-changed',
    process: 'shop/api',
    state: { is: 'up', main, exit: null, words: 'active' },
  });
  engine.look(api, held('heartbeat', 0));
  engine.pass(5_000).ring(api);
  expect(engine.wants()).toEqual([`ask ${api}`]);
  engine.happen({ type: 'exited', slot: api, instance: main, exit: { signal: 'SIGTERM', core: false } });
  expect(engine.wants()).toEqual([`run-script ${api}`]);
  expect(engine.status('shop/api').restarts.count).toBe(1);
});

test('instances of a match entry that are ended together for the stall of one are each said to be stopped', () => {
  const match =
    'match: { executable: postgres }, instances: { min: 3 }, restart: { run: [start], limit: 2, within: 1h }';
  const engine = new DrivenEngine().begin(
    `groups: { shop: { processes: { api: { ${match}, stall: { blocked: 30s }, keep: 0 } } } }`,
  );
  const found = [7, 8, 9].map((pid) => ({ pid, startTime: pid, startedAtMs: pid }));
  engine.happen({ type: 'searched', process: 'shop/api', found });
  engine.look(api, held('blocked', 0));
  expect(engine.phase(api)).toBe('asking');
  engine.die(api).die(api);
  // The stalled one is stopped: it does not end before it is killed.
  engine.pass(60_000).ring(api);
  for (const instance of found.slice(2))
    engine.happen({ type: 'exited', slot: api, instance, exit: { signal: 'SIGKILL', core: false } });
  expect(engine.told('process.stopped').map(({ instance }) => instance?.pid)).toEqual([7, 8, 9]);
  expect(engine.told('process.down')).toEqual([]);
});
