import { expect, test } from 'vitest';
import { problemsOf, processOf } from './reading.ts';

const layered = `
defaults:
  restart: { limit: 5, within: 1h }
  stop: { grace: 30s }
  environment: { ZONE: eu, LEVEL: info }
groups:
  shop:
    defaults:
      restart: { delay: 2s }
      environment: { LEVEL: warn }
      restart.run: x
    processes:
      api:
        command: node api.js
        restart: { limit: 1, successExitCodes: [0, 3] }
        environment: { PORT: 80 }
`.replace('      restart.run: x\n', '');

test('defaults merge deeply, and the nearest wins', () => {
  const { restart, stop, environment } = processOf(layered, 'shop/api');
  expect(restart).toMatchObject({ limit: 1, withinMs: 3_600_000, delayMs: 2000, successExitCodes: [0, 3] });
  expect(stop.graceMs).toBe(30_000);
  expect(environment).toEqual({ ZONE: 'eu', LEVEL: 'warn', PORT: '80' });
});

test('what is written keeps its notation, for showing and for overrides', () => {
  expect(processOf(layered, 'shop/api').written).toEqual({
    command: 'node api.js',
    environment: { ZONE: 'eu', LEVEL: 'warn', PORT: '80' },
    stop: { grace: '30s' },
    restart: { limit: 1, within: '1h', delay: '2s', successExitCodes: [0, 3] },
  });
});

test('a nearer way to be ready takes the place of the one in defaults', () => {
  const text = `
defaults: { ready: { http: "http://127.0.0.1/", within: 10s } }
groups:
  shop:
    processes:
      api: { command: x, ready: { tcp: 5432 } }
`;
  expect(processOf(text, 'shop/api').ready).toMatchObject({
    probe: { kind: 'tcp', address: '5432' },
    withinMs: 10_000,
  });
});

test('defaults for one kind of process are passed over for the other', () => {
  const text = `
defaults: { output: { maxSize: 1M }, restart: { run: [restart-it], limit: 7 } }
groups:
  shop:
    processes:
      api: { command: x }
      database: { match: { executable: postgres } }
`;
  expect(processOf(text, 'shop/api')).toMatchObject({
    output: { maxSizeBytes: 1024 ** 2 },
    restart: { run: null, limit: 7 },
  });
  expect(processOf(text, 'shop/database')).toMatchObject({ restart: { run: ['restart-it'], limit: 7 } });
});

test('a kind may come from defaults', () => {
  const text =
    'groups:\n  shop:\n    defaults: { command: worker }\n    processes:\n      one:\n      two: { match: { executable: x } }\n';
  expect(processOf(text, 'shop/one')).toMatchObject({ kind: 'command', command: ['worker'] });
  expect(processOf(text, 'shop/two')).toMatchObject({ kind: 'match', match: { executable: 'x' } });
});

test('blocks for a system hold there only, and win over what stands beside them', () => {
  const text = `
groups:
  shop:
    processes:
      api:
        command: x
        directory: /srv
        linux: { stop: { signal: INT } }
        windows: { directory: "\${ProgramFiles}\\\\shop" }
`;
  expect(processOf(text, 'shop/api')).toMatchObject({ directory: '/srv', stop: { signal: 'SIGINT' } });
  const environment = { ProgramFiles: 'C:\\Program Files' };
  expect(processOf(text, 'shop/api', { system: 'windows', environment })).toMatchObject({
    directory: 'C:\\Program Files\\shop',
    stop: { signal: 'SIGTERM' },
  });
});

test('anchors and merge keys work; a merge replaces whole values as YAML says', () => {
  const text = `
groups:
  shop:
    processes:
      first: &first
        command: x
        restart: { limit: 9, delay: 1s }
        user: web
      second:
        <<: *first
        restart: { limit: 2 }
      third: *first
      fourth: { <<: [{ user: a }, *first] }
`;
  expect(processOf(text, 'shop/second')).toMatchObject({ user: 'web', restart: { limit: 2, delayMs: 0 } });
  expect(processOf(text, 'shop/third')).toMatchObject({ user: 'web', restart: { limit: 9, delayMs: 1000 } });
  expect(processOf(text, 'shop/fourth')).toMatchObject({ user: 'a', command: ['x'] });
});

test('a mistake under an anchor is told once, where it stands', () => {
  const text =
    'groups:\n  g:\n    processes:\n      a: &a { command: x, instances: no }\n      b: *a\n      c: { <<: *a }\n';
  expect(problemsOf(text)).toEqual([
    'shop.yaml:4:38 groups.g.processes.a.instances: "no" is not a number; expected a whole number from 1 to 1000',
  ]);
});
