import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';

const chain = `
groups:
  shop:
    processes:
      worker: { command: [worker], dependsOn: { api: started } }
      api: { command: [api], dependsOn: { database: ready } }
      database: { command: [database], ready: { tcp: "5432", within: 30s } }
`;

function up(): DrivenEngine {
  const engine = new DrivenEngine().begin(chain);
  const database = engine.launch('shop/database#1');
  engine.happen({ type: 'became-ready', slot: 'shop/database#1', instance: database });
  engine.launch('shop/api#1');
  engine.launch('shop/worker#1');
  return engine;
}

test('each process starts when the conditions of its dependencies hold', () => {
  const engine = new DrivenEngine().begin(chain);
  expect(engine.wants()).toEqual(['launch shop/database#1']);
  const database = engine.launch('shop/database#1');
  expect(engine.phase('shop/api#1')).toBe('waiting');
  expect(engine.status('shop/api').why).toBe('It waits for shop/database to be ready.');
  engine.happen({ type: 'became-ready', slot: 'shop/database#1', instance: database });
  expect(engine.wants()).toEqual(['launch shop/api#1']);
  engine.launch('shop/api#1');
  expect(engine.wants()).toEqual(['watch shop/api#1', 'launch shop/worker#1']);
});

test('a group stops in the reverse order of its start', () => {
  const engine = up();
  engine.ask({ verb: 'stop', target: 'shop' });
  expect(engine.wants()).toEqual(['ask shop/worker#1']);
  engine.die('shop/worker#1', { signal: 'SIGTERM', core: false });
  expect(engine.wants()).toEqual(['ask shop/api#1']);
  engine.die('shop/api#1', { signal: 'SIGTERM', core: false });
  expect(engine.wants()).toEqual(['ask shop/database#1']);
  engine.die('shop/database#1', { signal: 'SIGTERM', core: false });
  expect(engine.groupState('shop')).toBe('down');
});

test('a group restarts as a whole: nothing starts against a dependency that is about to go down', () => {
  const engine = up();
  engine.ask({ verb: 'restart', target: 'shop' });
  engine.die('shop/worker#1');
  expect(engine.phase('shop/worker#1')).toBe('waiting');
  engine.die('shop/api#1');
  engine.die('shop/database#1');
  expect(engine.wants()).toEqual(['launch shop/database#1']);
});

test('a dependant is left alone when its dependency dies, and the dependency comes back', () => {
  const engine = up().die('shop/database#1');
  expect(engine.wants()).toEqual(['launch shop/database#1']);
  expect(engine.phase('shop/api#1')).toBe('running');
});

test('a process that is not ready in time is stopped, and that counts as a failure', () => {
  const engine = new DrivenEngine().begin(chain);
  engine.launch('shop/database#1');
  engine.pass(30_000).ring('shop/database#1');
  expect(engine.wants()).toEqual(['stop-probing', 'ask shop/database#1']);
  engine.die('shop/database#1', { signal: 'SIGTERM', core: false });
  expect(engine.status('shop/database').restarts.count).toBe(1);
  expect(engine.phase('shop/database#1')).toBe('launching');
});

test('who does not end within the grace period is killed with its tree', () => {
  const engine = up();
  engine.ask({ verb: 'stop', target: 'shop/worker' });
  engine.pass(10_000).ring('shop/worker#1');
  expect(engine.wants()).toEqual(['kill-tree shop/worker#1']);
  engine.happen({ type: 'swept', slot: 'shop/worker#1', left: [4711] });
  expect(engine.told('process.left-over')[0]?.parameters).toMatchObject({ pids: '4711' });
  expect(engine.phase('shop/worker#1')).toBe('sweeping');
  engine.die('shop/worker#1');
  expect(engine.phase('shop/worker#1')).toBe('stopped');
});

test('`completed` holds when a one-shot has ended as it may', () => {
  const engine = new DrivenEngine().begin(`
groups:
  batch:
    processes:
      migrate: { command: [migrate], restart: { when: on-failure } }
      serve: { command: [serve], dependsOn: { migrate: completed } }
`);
  engine.launch('batch/migrate#1');
  expect(engine.phase('batch/serve#1')).toBe('waiting');
  engine.die('batch/migrate#1', { code: 0 });
  expect(engine.wants()).toEqual(['launch batch/serve#1']);
  engine.launch('batch/serve#1');
  expect(engine.groupState('batch')).toBe('up');
});

test('a late word about a dead instance is ignored', () => {
  const engine = up();
  const [old] = engine.slot('shop/worker#1').living;
  engine.die('shop/worker#1').launch('shop/worker#1');
  const before = engine.state;
  if (old !== undefined)
    engine.happen({ type: 'exited', slot: 'shop/worker#1', instance: old.instance, exit: { code: 1 } });
  expect(engine.state).toEqual(before);
  expect(engine.effects).toEqual([]);
});

test('a base that waits for its dependant to be down comes up when that is wanted again', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { base: { command: [base] }, top: { command: [top], dependsOn: { base: started } } } } }',
  );
  engine.launch('shop/base#1');
  engine.launch('shop/top#1');
  engine.ask({ verb: 'stop', target: 'shop/top' });
  engine.die('shop/base#1');
  expect(engine.phase('shop/base#1')).toBe('waiting');
  engine.ask({ verb: 'start', target: 'shop/top' });
  expect(engine.wants()).toEqual(['launch shop/base#1']);
});

test('`completed` does not hold for a one-shot that failed, even where it may', () => {
  const engine = new DrivenEngine().begin(`
groups:
  batch:
    processes:
      migrate: { command: [migrate], restart: { when: never } }
      serve: { command: [serve], dependsOn: { migrate: completed } }
`);
  engine.launch('batch/migrate#1');
  engine.die('batch/migrate#1', { code: 4 });
  expect(engine.phase('batch/migrate#1')).toBe('exited');
  expect(engine.phase('batch/serve#1')).toBe('waiting');
});
