import { expect, test } from 'vitest';
import { parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import { api, found, problemsOf, processOf, profileOf, shop } from './reading.ts';

const example = `
defaults:
  restart: { limit: 3, within: 24h }
groups:
  shop:
    description: Web shop
    escalation: exit
    processes:
      database:
        match: { executable: /usr/lib/postgresql/15/bin/postgres, arguments: "-D .*/main" }
        restart: { run: [/etc/procsaver/start-database.sh], timeout: 60s }
      api:
        command: [node, server.js]
        directory: /srv/shop
        user: shop
        environment: { PORT: "8080" }
        dependsOn: { database: ready }
        ready: { http: "http://127.0.0.1:8080/health" }
      worker:
        command: [node, worker.js]
        instances: 4
        dependsOn: { api: started }
`;

test('a profile becomes groups of processes in the order of the file', () => {
  const [group] = profileOf(example).groups;
  expect(group).toMatchObject({
    name: 'shop',
    description: 'Web shop',
    strategy: 'one-for-one',
    escalation: { do: 'exit' },
    paused: false,
    file: '/etc/procsaver/shop.yaml',
  });
  expect(group?.processes.map(({ name, kind }) => [name, kind])).toEqual([
    ['database', 'match'],
    ['api', 'command'],
    ['worker', 'command'],
  ]);
});

test('every default is filled in, durations in milliseconds and sizes in bytes', () => {
  expect(api('{ command: [node, server.js] }')).toEqual({
    kind: 'command',
    name: 'api',
    command: ['node', 'server.js'],
    instances: 1,
    directory: null,
    user: null,
    group: null,
    umask: null,
    nice: null,
    environment: {},
    output: { file: null, maxSizeBytes: 10 * 1024 * 1024, keep: 3 },
    dependsOn: {},
    ready: null,
    stop: { signal: 'SIGTERM', run: null, graceMs: 10_000, tree: true },
    restart: {
      when: 'always',
      limit: 3,
      withinMs: 86_400_000,
      delayMs: 0,
      backoff: { initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0.1 },
      run: null,
      timeoutMs: 60_000,
      successExitCodes: [0],
    },
    stall: {
      heartbeatMs: null,
      heartbeatFile: null,
      outputMs: null,
      outputFile: null,
      cpuUnchangedMs: null,
      spinning: null,
      blockedMs: null,
      windowMs: null,
      probe: null,
    },
    onStall: 'restart',
    rules: [],
    dump: ['stack'],
    keep: 10,
    secrets: [],
    written: { command: ['node', 'server.js'] },
  });
});

test('names in dependsOn are of the same group unless they name another', () => {
  expect(processOf(example, 'shop/api').dependsOn).toEqual({ 'shop/database': 'ready' });
  const two = `${example}  mail:\n    processes:\n      queue: { command: x, dependsOn: { shop/api: started } }\n`;
  expect(processOf(two, 'mail/queue').dependsOn).toEqual({ 'shop/api': 'started' });
});

test.each([
  ['{ http: "http://127.0.0.1:8080/health" }', { kind: 'http', url: 'http://127.0.0.1:8080/health' }],
  ['{ tcp: 5432 }', { kind: 'tcp', address: '5432' }],
  ['{ tcp: "[::1]:5432" }', { kind: 'tcp', address: '[::1]:5432' }],
  ['{ tcp: /run/db.sock }', { kind: 'tcp', address: '/run/db.sock' }],
  ['{ run: "pg_isready -q" }', { kind: 'run', command: ['pg_isready', '-q'] }],
  ['{ output: "listening on \\\\d+" }', { kind: 'output', pattern: 'listening on \\d+' }],
  ['{ notify: true }', { kind: 'notify' }],
  ['{ after: 3s }', { kind: 'after', delayMs: 3000 }],
])('ready: %s', (ready, probe) => {
  expect(api(`{ command: x, ready: ${ready} }`).ready).toEqual({
    probe,
    intervalMs: 1000,
    timeoutMs: 5000,
    withinMs: 60_000,
  });
});

test('a match entry that says only how long it is looked for is ready when it is found', () => {
  expect(found('{ match: { executable: nginx }, ready: { within: 10s } }').ready).toEqual({
    probe: { kind: 'after', delayMs: 0 },
    intervalMs: 1000,
    timeoutMs: 5000,
    withinMs: 10_000,
  });
});

test('a signal is written with or without SIG', () => {
  expect(api('{ command: x, stop: { signal: QUIT } }').stop.signal).toBe('SIGQUIT');
  expect(api('{ command: x, stop: { signal: SIGINT } }').stop.signal).toBe('SIGINT');
});

test.each([
  ['node server.js --port 80', ['node', 'server.js', '--port', '80']],
  [`sh -c 'echo "a b"'`, ['sh', '-c', 'echo "a b"']],
  ['[node, --port, 80, true, 1.10, ""]', ['node', '--port', '80', 'true', '1.10', '']],
  ['"echo $HOME && ls"', ['echo', '$HOME', '&&', 'ls']],
])('the command %s is split without a shell', (command, words) => {
  expect(
    processOf(`groups:\n  shop:\n    processes:\n      api:\n        command: ${command}\n`, 'shop/api'),
  ).toMatchObject({ command: words });
});

test('only shell: true brings a shell in, and it gets the text as it stands', () => {
  const fields = `{ command: "echo $HOME && echo \\"it's\\"", shell: true }`;
  expect(api(fields).command).toEqual(['/bin/sh', '-c', `echo $HOME && echo "it's"`]);
  expect(api(fields, { system: 'windows' }).command).toEqual([
    'cmd.exe',
    '/d',
    '/s',
    '/c',
    `echo $HOME && echo "it's"`,
  ]);
});

test('a shell operator in a command without a shell is allowed, with a warning', () => {
  const result = parseProfiles([{ file: 'shop.yaml', text: shop('{ command: "a && b" }') }], {
    environment: {},
    system: 'linux',
    readFile: () => null,
  });
  expect(result.ok && result.warnings.map(formatProblem)).toEqual([
    'shop.yaml:4:23 groups.shop.processes.api.command: `&&` is passed to the program as it stands, since no shell reads the command; set `shell: true` if a shell is meant',
  ]);
});

test('several files make one profile', () => {
  const options = { environment: {}, system: 'linux', readFile: () => null } as const;
  const one = { file: 'a.yaml', text: 'allowReboot: true\ngroups:\n  a: { processes: { x: { command: x } } }\n' };
  const two = {
    file: 'b.yaml',
    text: 'groups:\n  b: { processes: { y: { command: y, dependsOn: { a/x: started } } } }\n',
  };
  const result = parseProfiles([one, two], options);
  expect(
    result.ok && [result.profile.allowReboot, result.profile.groups.map(({ name, file }) => [name, file])],
  ).toEqual([
    true,
    [
      ['a', 'a.yaml'],
      ['b', 'b.yaml'],
    ],
  ]);
  const again = parseProfiles([one, { ...two, text: one.text }], options);
  expect(again.ok ? [] : again.problems.map(formatProblem)).toEqual([
    'b.yaml:3:3 groups.a: the group `a` stands in a.yaml:3 already; put its processes together in one file, or give one of them another name',
  ]);
});

test('JSON is a profile too', () => {
  const text = JSON.stringify(
    { groups: { shop: { processes: { api: { command: ['node'], instances: 2 } } } } },
    null,
    2,
  );
  expect(processOf(text, 'shop/api')).toMatchObject({ command: ['node'], instances: 2 });
});

test('a byte order mark, CRLF line ends and comments change nothing', () => {
  expect(profileOf(`\uFEFF${example.replaceAll('\n', '\r\n')}`)).toEqual(profileOf(example));
  expect(problemsOf('\uFEFFgruops: 1\r\n')).toEqual([
    'shop.yaml:1:1 gruops: unknown key `gruops`; did you mean `groups`?',
  ]);
});
