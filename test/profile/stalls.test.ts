import { expect, test } from 'vitest';
import type { StallSpec } from '../../source/profile/profile.ts';
import { api, found, problemsOf, processOf, profileOf, shop } from './reading.ts';

const stallOf = (stall: string) => api(`{ command: x, stall: ${stall} }`).stall;

test.each<[string, Partial<StallSpec>]>([
  ['{ heartbeat: 30s }', { heartbeatMs: 30_000, heartbeatFile: null }],
  ['{ heartbeat: 30s, heartbeatFile: run/beat }', { heartbeatFile: '/etc/procsaver/run/beat' }],
  ['{ heartbeat: 30s, heartbeatFile: ~/beat.%n }', { heartbeatFile: '/home/ops/beat.%n' }],
  ['{ output: 5m }', { outputMs: 300_000, outputFile: null }],
  ['{ output: 5m, outputFile: /var/log/x.log }', { outputMs: 300_000, outputFile: '/var/log/x.log' }],
  ['{ cpu: { unchangedFor: 10m } }', { cpuUnchangedMs: 600_000 }],
  ['{ spinning: { above: 97.5%, for: 5m } }', { spinning: { abovePercent: 97.5, forMs: 300_000 } }],
  ['{ spinning: { above: 6400%, for: 1s } }', { spinning: { abovePercent: 6400, forMs: 1000 } }],
  ['{ spinning: { for: 5m } }', { spinning: { abovePercent: 95, forMs: 300_000 } }],
  ['{ blocked: 2m }', { blockedMs: 120_000 }],
  ['{ blocked: off, heartbeat: off, spinning: { for: off } }', { blockedMs: null, heartbeatMs: null, spinning: null }],
])('stall: %s', (written, expected) => {
  expect(stallOf(written)).toMatchObject(expected);
});

test.each([
  ['{ http: "http://127.0.0.1/" }', { kind: 'http', url: 'http://127.0.0.1/' }],
  ['{ tcp: 5432 }', { kind: 'tcp', address: '5432' }],
  ['{ run: "pg_isready -q" }', { kind: 'run', command: ['pg_isready', '-q'] }],
  ['{ nagios: [check_http, -H, localhost] }', { kind: 'nagios', command: ['check_http', '-H', 'localhost'] }],
])('stall.probe: %s', (written, probe) => {
  expect(stallOf(`{ probe: ${written} }`).probe).toEqual({ probe, intervalMs: 10_000, timeoutMs: 5000, failures: 3 });
});

test('a probe is asked as often and as long as it says, and not at all when it is off', () => {
  const probe = { intervalMs: 1000, timeoutMs: 500, failures: 5 };
  expect(stallOf('{ probe: { tcp: 80, interval: 1s, timeout: 500ms, failures: 5 } }').probe).toMatchObject(probe);
  expect(stallOf('{ probe: { tcp: 80, interval: off } }').probe).toBeNull();
});

test('a window is known on Windows alone', () => {
  expect(problemsOf(shop('{ command: x, stall: { window: 30s } }'))).toEqual([
    'shop.yaml:4:35 groups.shop.processes.api.stall.window: `stall.window` holds on Windows only; put it into a block for that system: `windows: { stall: { window: ... } }`',
  ]);
  expect(
    problemsOf('defaults: { linux: { stall: { window: 30s } } }\ngroups: { g: { processes: { p: { command: x } } } }'),
  ).toHaveLength(1);
  expect(api('{ command: x, windows: { stall: { window: 30s } } }').stall.windowMs).toBeNull();
  for (const written of [
    '{ command: x, windows: { stall: { window: 30s } } }',
    '{ command: x, stall: { window: 30s } }',
  ])
    expect(api(written, { system: 'windows' }).stall.windowMs).toBe(30_000);
});

test.each([
  ['{ metric: cpu, above: 90%, for: 5m, then: dump }', ['cpu', 'above', 90, 300_000, 'dump']],
  ['{ metric: memory, above: 512M, for: 1m }', ['memory', 'above', 512 * 1024 ** 2, 60_000, 'alert']],
  ['{ metric: threads, below: 4, for: 1s, then: restart }', ['threads', 'below', 4, 1000, 'restart']],
  ['{ metric: descriptors, above: 1000, for: 10s }', ['descriptors', 'above', 1000, 10_000, 'alert']],
])('a rule, alone or in a list: %s', (written, expected) => {
  for (const rules of [written, `[${written}]`]) {
    const [rule] = api(`{ command: x, rules: ${rules} }`).rules;
    expect([rule?.metric, rule?.bound, rule?.value, rule?.forMs, rule?.then]).toEqual(expected);
  }
});

test('what follows, and what is kept of it', () => {
  expect(api('{ command: x, onStall: alert, dump: [stack, core], keep: 0, secrets: [DB_LOGIN, --key] }')).toMatchObject(
    {
      onStall: 'alert',
      dump: ['stack', 'core'],
      keep: 0,
      secrets: ['DB_LOGIN', '--key'],
    },
  );
  expect(api('{ command: x, dump: [], secrets: TOKEN }')).toMatchObject({ dump: [], secrets: ['TOKEN'] });
});

test('the profile of the manual has all its rules', () => {
  const spec = api('{ command: x, stall: { heartbeat: 30s, output: 5m }, dump: [stack, core] }');
  expect(spec).toMatchObject({ stall: { heartbeatMs: 30_000, outputMs: 300_000 }, dump: ['stack', 'core'] });
});

const layered = (process: string) => `
defaults:
  stall: { heartbeat: 30s, probe: { tcp: 80, failures: 5 }, spinning: { above: 50% } }
  rules: [{ metric: cpu, above: 90%, for: 5m }]
  secrets: [A]
groups:
  shop:
    defaults:
      stall: { output: 5m }
      keep: 3
    processes:
      api: ${process}
`;

test('stall fields of all levels are merged, lists are replaced, and the nearest wins', () => {
  const text = layered('{ command: x, stall: { heartbeat: 1m, spinning: { for: 2m } }, rules: [], secrets: [B] }');
  expect(processOf(text, 'shop/api')).toMatchObject({
    stall: { heartbeatMs: 60_000, outputMs: 300_000, spinning: { abovePercent: 50, forMs: 120_000 } },
    rules: [],
    keep: 3,
    secrets: ['B'],
  });
});

test('a nearer probe takes the place of the one in defaults and leaves its times', () => {
  const text = layered('{ command: x, stall: { probe: { nagios: check_it } } }');
  expect(processOf(text, 'shop/api').stall.probe).toMatchObject({
    probe: { kind: 'nagios', command: ['check_it'] },
    failures: 5,
  });
});

test('what defaults prepare and a process does not complete is no rule of it', () => {
  expect(processOf(layered('{ command: x, stall: { output: off } }'), 'shop/api').stall).toMatchObject({
    outputMs: null,
    spinning: null,
  });
  expect(processOf(layered('{ match: { executable: x } }'), 'shop/api').stall.outputMs).toBeNull();
  const named = '{ match: { executable: x }, stall: { outputFile: /var/log/x } }';
  expect(processOf(layered(named), 'shop/api').stall).toMatchObject({ outputMs: 300_000, outputFile: '/var/log/x' });
});

test('a heartbeat needs no file: a program may say it by `procsaver heartbeat`', () => {
  expect(found('{ match: { executable: x }, stall: { heartbeat: 30s } }').stall.heartbeatMs).toBe(30_000);
});

test('evidence has bounds for all processes; of several files the firmest one holds', () => {
  const text = 'groups: { g: { processes: { p: { command: x } } } }\n';
  expect(profileOf(text)).toMatchObject({ evidenceMaxBytes: 1024 ** 3, evidenceWithinMs: 5000 });
  expect(profileOf(`evidenceMaxSize: 2G\nevidenceWithin: 30s\n${text}`)).toMatchObject({
    evidenceMaxBytes: 2 * 1024 ** 3,
    evidenceWithinMs: 30_000,
  });
  expect(problemsOf(`evidenceMaxSize: 10K\nevidenceWithin: 11m\n${text}`)).toEqual([
    'shop.yaml:1:18 evidenceMaxSize: 10K is out of range; expected 1M to 100T',
    'shop.yaml:2:17 evidenceWithin: 11m is out of range; expected 100ms to 10m',
  ]);
});
