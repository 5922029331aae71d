import { expect, test } from 'vitest';
import { DrivenEngine, profileOf } from './driven-engine.ts';

const shop = (processes: string) => `groups: { shop: { processes: { ${processes} } } }`;

function running(processes: string, ...slots: string[]): DrivenEngine {
  const engine = new DrivenEngine().begin(shop(processes));
  for (const slot of slots) engine.launch(`shop/${slot}`);
  return engine;
}

function reload(engine: DrivenEngine, processes: string): DrivenEngine {
  return engine.happen({ type: 'profile-changed', profile: profileOf(shop(processes)) });
}

test('a reload touches only what changed', () => {
  const engine = running('api: { command: [api] }, worker: { command: [worker] }', 'api#1', 'worker#1');
  reload(engine, 'api: { command: [api, --new] }, worker: { command: [worker] }, cache: { command: [cache] }');
  expect(engine.wants()).toEqual(['ask shop/api#1', 'launch shop/cache#1']);
  engine.die('shop/api#1', { signal: 'SIGTERM', core: false });
  expect(engine.effects).toContainEqual(
    expect.objectContaining({ do: 'launch', spec: expect.objectContaining({ command: ['api', '--new'] }) }),
  );
  expect(engine.status('shop/api').restarts.count).toBe(0);
});

test('a changed parameter restarts nothing', () => {
  const engine = running('api: { command: [api] }', 'api#1');
  reload(engine, 'api: { command: [api], restart: { limit: 9 } }');
  expect(engine.wants()).toEqual([]);
  expect(engine.status('shop/api').restarts.limit).toBe(9);
});

test('what is gone is stopped, then leaves', () => {
  const engine = running('api: { command: [api] }, worker: { command: [worker] }', 'api#1', 'worker#1');
  reload(engine, 'api: { command: [api] }');
  expect(engine.wants()).toEqual(['ask shop/worker#1']);
  engine.die('shop/worker#1', { signal: 'SIGTERM', core: false });
  expect(engine.state.processes.map((process) => process.name)).toEqual(['shop/api']);
});

test('fewer copies: the last ones stop; more: new ones start', () => {
  const engine = running('worker: { command: [worker], instances: 3 }', 'worker#1', 'worker#2', 'worker#3');
  reload(engine, 'worker: { command: [worker], instances: 2 }');
  expect(engine.wants()).toEqual(['ask shop/worker#3']);
  engine.die('shop/worker#3', { signal: 'SIGTERM', core: false });
  reload(engine, 'worker: { command: [worker], instances: 4 }');
  expect(engine.wants()).toEqual(['launch shop/worker#3', 'launch shop/worker#4']);
});

test('a match entry that looks for something else now forgets what it had found, and stops nothing', () => {
  const engine = new DrivenEngine().begin(shop('db: { match: { executable: postgres } }'));
  engine.happen({ type: 'searched', process: 'shop/db', found: [{ pid: 7, startTime: 7, startedAtMs: 7 }] });
  reload(engine, 'db: { match: { executable: mysqld } }');
  expect(engine.wants()).toEqual(['stop-probing', 'unwatch', 'search shop/db']);
});

test('an override lives on over a reload', () => {
  const engine = running('api: { command: [api] }', 'api#1');
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.limit': 9 } });
  reload(engine, 'api: { command: [api], restart: { limit: 5, within: 1h } }');
  expect(engine.status('shop/api').restarts).toMatchObject({ limit: 9, within: '1h' });
});

test('set lays a value over the profile, unset takes it off, and both are said with what changed and by whom', () => {
  const engine = running('api: { command: [api] }', 'api#1');
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.limit': 9 } }, 'ops2');
  expect(engine.status('shop/api').overrides['restart.limit']).toMatchObject({ value: 9, by: 'ops2' });
  engine.ask({ verb: 'unset', target: 'shop/api', fields: [] }, 'ops1');
  expect(engine.status('shop/api').restarts.limit).toBe(3);
  expect(
    engine
      .told('operator.changed')
      .map(({ by, parameters }) => [by, parameters['field'], parameters['from'], parameters['to']]),
  ).toEqual([
    ['ops2', 'restart.limit', '3', '9'],
    ['ops1', 'restart.limit', '9', '3'],
  ]);
});

test('a value that is wrong for one process of a group changes none', () => {
  const engine = running('api: { command: [api] }', 'api#1');
  expect(engine.ask({ verb: 'set', target: 'shop', values: { 'restart.limit': -1 } })).toMatchObject({ ok: false });
  expect(engine.ask({ verb: 'set', target: 'shop', values: { command: 'other' } })).toMatchObject({ ok: false });
  expect(engine.status('shop/api').overrides).toEqual({});
});

test('a target that does not exist is answered with what does', () => {
  const engine = running('api: { command: [api] }', 'api#1');
  expect(engine.ask({ verb: 'stop', target: 'api' })).toEqual({
    ok: false,
    problem: '"api" is no target; did you mean shop/api?',
  });
});

test('who gets ready when a reload changes how that is told is asked anew, and runs when nothing is asked any more', () => {
  const text = (ready: string) => `groups: { shop: { processes: { api: { match: { executable: api }${ready} } } } }`;
  const reload = (ready: string) => engine.happen({ type: 'profile-changed', profile: profileOf(text(ready)) });
  const engine = new DrivenEngine().begin(text(', ready: { tcp: "1" }'));
  engine.happen({ type: 'searched', process: 'shop/api', found: [{ pid: 5, startTime: 5, startedAtMs: 5 }] });
  expect(engine.phase('shop/api#1')).toBe('readying');
  reload(', ready: { tcp: "2" }');
  expect(engine.wants()).toEqual(['stop-probing', 'probe shop/api#1']);
  reload('');
  expect(engine.wants()).toEqual(['stop-probing']);
  expect(engine.phase('shop/api#1')).toBe('running');
});

test('an operator who changes how readiness is told has it asked anew too', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { command: [api], ready: { tcp: "1", within: 5s } } } } }',
  );
  engine.launch('shop/api#1');
  engine.pass(1_000).ask({ verb: 'set', target: 'shop/api', values: { 'ready.within': '9s' } });
  expect(engine.wants()).toEqual(['stop-probing', 'probe shop/api#1']);
  expect(engine.slot('shop/api#1').phase).toMatchObject({ is: 'readying', untilMs: engine.nowMs + 9_000 });
});

test.each(['restart', 'start', 'clear'] as const)(
  'what is gone stays gone, and so does a copy too many, though somebody asks for a %s of its group while it stops',
  (verb) => {
    const engine = running('api: { command: [api] }, worker: { command: [worker], instances: 2 }', 'api#1', 'worker#2');
    reload(engine, 'worker: { command: [worker], instances: 1 }');
    engine.ask({ verb, target: 'shop' });
    engine.die('shop/api#1', { signal: 'SIGTERM', core: false });
    engine.die('shop/worker#2', { signal: 'SIGTERM', core: false });
    expect(engine.state.processes.map((process) => process.name)).toEqual(['shop/worker']);
    expect(engine.state.processes[0]?.slots.map((slot) => slot.number)).toEqual([1]);
  },
);

test('what is gone and still stopping is not restarted, and the operator is told', () => {
  const engine = running('api: { command: [api] }, worker: { command: [worker] }', 'api#1', 'worker#1');
  reload(engine, 'api: { command: [api] }');
  expect(engine.ask({ verb: 'restart', target: 'shop/worker' })).toMatchObject({ ok: false });
});

test('our child is not forgotten where one reload makes a match entry of it and the next takes that back', () => {
  const engine = running('db: { command: [db] }', 'db#1');
  reload(engine, 'db: { match: { executable: db } }');
  expect(engine.wants()).toContain('ask shop/db#1');
  reload(engine, 'db: { command: [db] }');
  expect(engine.wants()).toEqual([]);
  engine.die('shop/db#1', { signal: 'SIGTERM', core: false });
  expect(engine.wants()).toContain('launch shop/db#1');
});

test('our child is stopped where one reload makes a match entry of it and the next takes that away', () => {
  const engine = running('api: { command: [api] }, db: { command: [db] }', 'api#1', 'db#1');
  reload(engine, 'api: { command: [api] }, db: { match: { executable: db } }');
  reload(engine, 'api: { command: [api] }');
  expect(engine.state.processes.map((process) => process.name)).toEqual(['shop/api', 'shop/db']);
  engine.die('shop/db#1', { signal: 'SIGTERM', core: false });
  expect(engine.state.processes.map((process) => process.name)).toEqual(['shop/api']);
});

test('where our child and what was found stand for one match entry, what was found is let go and our child is stopped', () => {
  const engine = running('db: { command: [db] }, top: { command: [top], dependsOn: { db: started } }', 'db#1', 'top#1');
  reload(engine, 'db: { match: { executable: db } }, top: { command: [top, --new], dependsOn: { db: started } }');
  engine.happen({ type: 'searched', process: 'shop/db', found: [{ pid: 7, startTime: 7, startedAtMs: 7 }] });
  expect(engine.slot('shop/db#1').living).toHaveLength(2);
  reload(engine, 'db: { command: [db] }, top: { command: [top, --new], dependsOn: { db: started } }');
  expect(engine.slot('shop/db#1').living).toEqual([expect.objectContaining({ launch: expect.any(String) })]);
  expect(engine.wants()).toEqual(['stop-probing', 'unwatch']);
});
