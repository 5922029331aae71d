import { expect, test } from 'vitest';
import { diffProfiles } from '../../source/profile/diff.ts';
import { profileOf } from './reading.ts';

const before = profileOf(`
groups:
  shop:
    processes:
      api: { command: node api.js, restart: { within: 24h } }
      worker: { command: node worker.js, instances: 2 }
      database: { match: { executable: postgres }, user: root }
      old: { command: x }
`);

const after = profileOf(`
# Other comments and notations are no change.
groups:
  shop:
    escalation: exit
    processes:
      new: { command: x }
      api: { command: [node, api.js], restart: { within: 1440m } }
      worker: { command: node worker.js, instances: 3, restart: { limit: 9 }, output: { keep: 5 } }
      database: { match: { executable: postgres }, user: postgres }
  mail:
    processes:
      queue: { command: x }
`);

test('what a reload changes is told by full names', () => {
  expect(diffProfiles(before, after)).toEqual({
    added: ['shop/new', 'mail/queue'],
    removed: ['shop/old'],
    changed: [
      { name: 'shop/worker', fields: ['instances', 'output.keep', 'restart'], needsRestart: false },
      { name: 'shop/database', fields: ['user'], needsRestart: false },
    ],
    same: ['shop/api'],
    groups: { added: ['mail'], removed: [], changed: ['shop'] },
  });
});

test.each([
  ['{ command: other }', 'command', true],
  ['{ command: x, user: web }', 'user', true],
  ['{ command: x, environment: { A: 1 } }', 'environment', true],
  ['{ command: x, directory: /srv }', 'directory', true],
  ['{ command: x, output: { file: /srv/log } }', 'output.file', true],
  ['{ command: x, output: { maxSize: 1M } }', 'output.maxSize', false],
  ['{ command: x, stop: { grace: 1s } }', 'stop', false],
  ['{ command: x, ready: { after: 1s } }', 'ready', false],
  ['{ command: x, dependsOn: { other: ready } }', 'dependsOn', false],
  ['{ command: x, stall: { heartbeat: 30s } }', 'stall', false],
  ['{ command: x, onStall: alert }', 'onStall', false],
  ['{ command: x, rules: [{ metric: cpu, above: 90%, for: 5m }] }', 'rules', false],
  ['{ command: x, dump: core }', 'dump', false],
  ['{ command: x, keep: 3 }', 'keep', false],
  ['{ command: x, secrets: [A] }', 'secrets', false],
  ['{ match: { executable: x } }', 'kind', true],
  ['{ service: x }', 'kind', true],
])('%s in place of { command: x } changes %s', (fields, field, needsRestart) => {
  const shop = (api: string) => profileOf(`groups: { shop: { processes: { api: ${api}, other: { command: y } } } }`);
  const [change] = diffProfiles(shop('{ command: x }'), shop(fields)).changed;
  expect(change?.fields).toContain(field);
  expect(change?.needsRestart).toBe(needsRestart);
});

test('a profile and itself have no difference', () => {
  const { added, removed, changed, same } = diffProfiles(after, after);
  expect([added, removed, changed, same.length]).toEqual([[], [], [], 5]);
});

test.each([
  ['{ service: cron }', 'service', true],
  ['{ service: cups, scope: user }', 'scope', true],
  ['{ service: cups.service, stop: { grace: 1s } }', 'stop', false],
])('%s in place of { service: cups } changes %s alone', (fields, field, needsRestart) => {
  const shop = (api: string) => profileOf(`groups: { shop: { processes: { api: ${api} } } }`);
  const { changed } = diffProfiles(shop('{ service: cups }'), shop(fields));
  expect(changed).toEqual([{ name: 'shop/api', fields: [field], needsRestart }]);
});

test('another number that must match restarts nothing', () => {
  const shop = (instances: string) =>
    profileOf(`groups: { shop: { processes: { api: { match: { executable: x }, instances: ${instances} } } } }`);
  const [change] = diffProfiles(shop('3'), shop('{ min: 3, max: 5 }')).changed;
  expect(change).toEqual({ name: 'shop/api', fields: ['instances'], needsRestart: false });
  expect(diffProfiles(shop('3'), shop('{ min: 3, max: 3, for: 0s }')).changed).toEqual([]);
});

test('a group that only has another member is not changed itself', () => {
  const one = profileOf('groups: { shop: { processes: { api: { command: x } } } }');
  const two = profileOf('groups: { shop: { processes: { api: { command: x }, web: { command: x } } } }');
  expect(diffProfiles(one, two)).toMatchObject({ added: ['shop/web'], groups: { changed: [] } });
});

test.each(['strategy: one-for-all', 'escalation: { run: [x] }', 'escalation: failover'])(
  'a group with another %s is changed, and none of its processes',
  (field) => {
    const shop = (more: string) => profileOf(`groups: { shop: { ${more} processes: { api: { command: x } } } }`);
    const { groups, changed } = diffProfiles(shop(''), shop(`${field},`));
    expect([groups.changed, changed]).toEqual([['shop'], []]);
  },
);
