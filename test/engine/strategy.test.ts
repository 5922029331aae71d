import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';

const shop = (strategy: string, limit = 3) => `
groups:
  shop:
    strategy: ${strategy}
    defaults: { restart: { limit: ${limit}, within: 1h } }
    processes:
      database: { command: [database] }
      api: { command: [api], dependsOn: { database: started } }
      worker: { command: [worker], dependsOn: { api: started } }
      mail: { command: [mail] }
`;
const all = ['database#1', 'mail#1', 'api#1', 'worker#1'];
const term = { signal: 'SIGTERM', core: false } as const;

function running(strategy: string, limit?: number): DrivenEngine {
  const engine = new DrivenEngine().begin(shop(strategy, limit));
  for (const slot of all) engine.launch(`shop/${slot}`);
  return engine;
}

test('one-for-one: only the failed member is restarted', () => {
  expect(running('one-for-one').die('shop/api#1').wants()).toEqual(['launch shop/api#1']);
});

test('rest-for-one: who depends on it, directly or not, goes down first and comes back after it', () => {
  const engine = running('rest-for-one').die('shop/database#1');
  expect(engine.wants()).toEqual(['ask shop/worker#1']);
  expect(engine.told('group.restarting')[0]?.parameters).toEqual({ reason: 'shop/database went down' });
  expect(engine.die('shop/worker#1', term).wants()).toEqual(['ask shop/api#1']);
  expect(engine.die('shop/api#1', term).wants()).toEqual(['launch shop/database#1']);
  engine.launch('shop/database#1');
  engine.launch('shop/api#1');
  engine.launch('shop/worker#1');
  expect(engine.phase('shop/mail#1')).toBe('running');
  expect(['database', 'api', 'worker', 'mail'].map((name) => engine.status(`shop/${name}`).restarts.count)).toEqual([
    1, 0, 0, 0,
  ]);
});

test('one-for-all: everybody goes down in reverse order, then everybody starts in order', () => {
  const engine = running('one-for-all').die('shop/api#1');
  expect(engine.wants().sort()).toEqual(['ask shop/mail#1', 'ask shop/worker#1']);
  expect(engine.die('shop/worker#1', term).wants()).toEqual(['ask shop/database#1']);
  expect(engine.die('shop/database#1', term).wants()).toEqual([]);
  expect(engine.die('shop/mail#1', term).wants().sort()).toEqual(['launch shop/database#1', 'launch shop/mail#1']);
});

test('the group goes down only when the delay of the failed member is over', () => {
  const engine = new DrivenEngine().begin(shop('one-for-all').replace('limit: 3', 'limit: 3, delay: 5s'));
  for (const slot of all) engine.launch(`shop/${slot}`);
  expect(engine.die('shop/api#1').wants()).toEqual([]);
  expect(engine.pass(5_000).ring('shop/api#1').wants()).toContain('ask shop/mail#1');
});

test('a member that is paused or was stopped by an operator stays as it is', () => {
  const engine = running('one-for-all');
  engine.ask({ verb: 'pause', target: 'shop/mail', why: '', untilMs: null });
  expect(engine.die('shop/worker#1').wants()).toEqual(['ask shop/api#1']);
});

test('a group that restarts as a whole is given up as a whole, and `clear` of the culprit brings all back', () => {
  const engine = running('one-for-all', 0).die('shop/api#1');
  expect(engine.told('process.gave-up')).toHaveLength(1);
  expect(engine.told('group.gave-up')).toHaveLength(1);
  engine.die('shop/worker#1', term).die('shop/mail#1', term).die('shop/database#1', term);
  expect(engine.groupState('shop')).toBe('fatal');
  expect(engine.status('shop/mail')).toMatchObject({ state: 'fatal' });
  engine.ask({ verb: 'clear', target: 'shop/api' });
  expect(engine.wants().sort()).toEqual(['launch shop/database#1', 'launch shop/mail#1']);
});

test('with rest-for-one those who do not depend on the culprit run on, and the group is fatal all the same', () => {
  const engine = running('rest-for-one', 0).die('shop/api#1');
  expect(engine.wants()).toEqual(['ask shop/worker#1']);
  expect(engine.phase('shop/database#1')).toBe('running');
  expect(engine.groupState('shop')).toBe('fatal');
});

test.each([
  ['exit', [{ do: 'exit', status: 3 }]],
  ['failover', [{ do: 'failover', group: 'shop', reason: 'shop/api was given up: killed by SIGKILL' }]],
  [
    '{ run: [tell, --loud] }',
    [
      {
        do: 'run-escalation',
        group: 'shop',
        command: ['tell', '--loud'],
        reason: 'shop/api was given up: killed by SIGKILL',
      },
    ],
  ],
  [
    '{ plugin: pager }',
    [{ do: 'plugin-escalation', group: 'shop', plugin: 'pager', reason: 'shop/api was given up: killed by SIGKILL' }],
  ],
  ['continue', []],
])('escalation %s', (escalation, effects) => {
  const engine = new DrivenEngine().begin(
    `groups: { shop: { escalation: ${escalation}, processes: { api: { command: [api], restart: { limit: 0 } } } } }`,
  );
  engine.launch('shop/api#1');
  engine.die('shop/api#1');
  expect(engine.effects.filter((effect) => !['save', 'kill-tree'].includes(effect.do))).toEqual(effects);
});

test('who failed does not wait for a member that is coming up anyway', () => {
  const engine = new DrivenEngine().begin(`
groups:
  shop:
    strategy: one-for-all
    processes:
      database: { match: { executable: database }, restart: { run: [start] } }
      api: { command: [api], ready: { tcp: "1", within: 1s }, stop: { tree: false } }
`);
  engine.launch('shop/api#1');
  engine.happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.phase('shop/database#1')).toBe('scripting');
  engine.die('shop/api#1');
  expect([engine.phase('shop/database#1'), engine.phase('shop/api#1')]).toEqual(['scripting', 'launching']);
});

test('a member that is stalled is not said to have gone down', () => {
  const text = `groups: { shop: { strategy: one-for-all, processes: {
    api: { command: [api], stall: { heartbeat: 30s }, keep: 0 }, mail: { command: [mail] } } } }`;
  const engine = new DrivenEngine().begin(text);
  for (const slot of ['shop/api#1', 'shop/mail#1']) engine.launch(slot);
  engine.look('shop/api#1', { rule: 'heartbeat', heldAtMs: 0, lost: { ms: 0, cause: '' }, measured: '' });
  engine.die('shop/api#1', term);
  if (engine.phase('shop/api#1') === 'backoff') engine.pass(60_000).ring('shop/api#1');
  expect(engine.told('group.restarting')[0]?.parameters['reason']).toMatch(/^shop\/api failed: no heartbeat for /);
});

test('who would be given up in the same step together with its group is not started first', () => {
  const engine = new DrivenEngine().begin(`
groups:
  store: { processes: { base: { command: [base] } } }
  shop:
    strategy: one-for-all
    processes:
      api: { command: [api], dependsOn: { store/base: started } }
      mail: { match: { executable: mail }, restart: { run: [start-mail], limit: 0 }, dependsOn: { store/base: started } }
`);
  engine.happen({ type: 'searched', process: 'shop/mail', found: [] });
  engine.launch('store/base#1');
  expect(engine.wants()).toEqual(['watch store/base#1']);
  expect([engine.phase('shop/api#1'), engine.phase('shop/mail#1')]).toEqual(['fatal', 'fatal']);
  expect(engine.told('process.starting').map(({ process }) => process)).toEqual(['base']);
});
