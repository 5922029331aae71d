import { expect, test } from 'vitest';
import type { Parameter } from '../../source/engine/parameter.ts';
import { parseAssignment, withOverrides } from '../../source/profile/overrides.ts';
import { parameters } from '../../source/profile/parameters.ts';
import type { WrittenValue } from '../../source/profile/profile.ts';
import { api, found, processOf, shop } from './reading.ts';

const spec = api(
  '{ command: node api.js, restart: { limit: 5, delay: 2s }, ready: { http: "http://127.0.0.1/" }, output: { file: a.log } }',
);

function overridden(overrides: Record<string, WrittenValue>) {
  const result = withOverrides(spec, overrides);
  if (!result.ok) throw new Error(result.problem);
  return result.spec;
}

function problem(overrides: Record<string, WrittenValue>, of = spec as Parameters<typeof withOverrides>[0]): string {
  const result = withOverrides(of, overrides);
  return result.ok ? '' : result.problem;
}

test('values are laid over the profile and leave the rest of it alone', () => {
  expect(overridden({ 'restart.limit': 9, 'stop.grace': '1m' })).toEqual({
    ...spec,
    restart: { ...spec.restart, limit: 9 },
    stop: { ...spec.stop, graceMs: 60_000 },
    written: { ...(spec.written as object), restart: { limit: 9, delay: '2s' }, stop: { grace: '1m' } },
  });
  expect(overridden({})).toBe(spec);
});

test('another way to be ready takes the place of the one in the profile', () => {
  expect(overridden({ 'ready.tcp': '127.0.0.1:80' }).ready?.probe).toEqual({ kind: 'tcp', address: '127.0.0.1:80' });
});

test('the file of the output stays when its size is changed', () => {
  expect(overridden({ 'output.maxSize': '1M' }).output).toEqual({
    file: '/etc/procsaver/a.log',
    maxSizeBytes: 1024 ** 2,
    keep: 3,
  });
});

test.each<[string, WrittenValue, string]>([
  ['restart.limit', -1, 'restart.limit: -1 is out of range; expected a whole number from 0 to 1000'],
  [
    'restart.within',
    60,
    'restart.within: 60 has no unit; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write 60s for seconds, 60m for minutes',
  ],
  ['restart.when', null, 'restart.when: has no value; expected one of always, on-failure, never'],
  ['restart.limt', 1, 'restart.limt: there is no such field; did you mean `restart.limit`?'],
  ['limit', 1, 'limit: there is no such field; did you mean `restart.limit`?'],
  ['__proto__', 1, 'there is no such field'],
  [
    'restart.backoff',
    { max: '1s' },
    'restart.backoff: holds several fields; set one of restart.backoff.initial, restart.backoff.factor, restart.backoff.max, restart.backoff.jitter',
  ],
  ['command', 'node', 'command: defines what the process is; change it in the profile and reload'],
  ['instances', 3, 'instances: defines what the process is; change it in the profile and reload'],
  ['restart.run', ['x'], 'restart.run: a `command` entry does not have it'],
  ['stall.window', '30s', 'stall.window: holds on Windows only'],
  ['stall.heartbeatFile', '/run/beat', 'stall.heartbeatFile: `heartbeatFile` has no effect without `heartbeat`'],
  ['stall.spinning.above', '50%', 'stall.spinning.above: `above` has no effect without `for`'],
  ['stall.probe.interval', '1s', 'stall.probe: `probe` does not say what is asked'],
  [
    'stall.blocked',
    '500ms',
    'stall.blocked: 500ms is out of range; expected 1s to 30d; it is sampled at most once a second',
  ],
  ['rules', [{ metric: 'cpu', above: '90%' }], 'rules.0: does not say how long'],
  ['rules', [{ metric: 'cpu', above: 90, for: '1m' }], 'rules.0.above: 90 has no unit'],
  ['dump', ['all'], 'dump: "all" is not known here'],
  ['watchdog', '30s', 'watchdog: there is no such field; did you mean `stall.heartbeat`?'],
])('%s = %j is refused', (field, value, expected) => {
  expect(problem({ [field]: value })).toContain(expected);
});

test('all that is wrong is told', () => {
  expect(problem({ 'restart.limit': 'x', user: 'root' }).split('\n')).toHaveLength(2);
});

test('a time of a readiness that the profile does not ask for would have no effect', () => {
  expect(problem({ 'ready.within': '5s' }, api('{ command: x }'))).toBe(
    'ready.within: has no effect, since the profile does not say when this process is ready',
  );
  expect(withOverrides(found('{ match: { executable: x } }'), { 'ready.within': '5s' })).toMatchObject({
    ok: true,
    spec: { ready: { withinMs: 5000 } },
  });
});

test('stall rules, bounds and what is kept are set while it runs', () => {
  const set = overridden({
    'stall.output': '5m',
    'stall.spinning.for': '1m',
    'stall.probe.tcp': 80,
    onStall: 'dump',
    rules: [{ metric: 'memory', above: '1G', for: '1m' }],
    dump: [],
    keep: 0,
    secrets: ['A'],
  });
  expect(set).toMatchObject({
    stall: {
      outputMs: 300_000,
      spinning: { abovePercent: 95, forMs: 60_000 },
      probe: { probe: { kind: 'tcp', address: '80' }, intervalMs: 10_000 },
    },
    onStall: 'dump',
    rules: [{ metric: 'memory', value: 1024 ** 3 }],
    dump: [],
    keep: 0,
    secrets: ['A'],
  });
});

const watched = api(
  '{ command: x, stall: { heartbeat: 30s, heartbeatFile: beat, output: 5m, outputFile: ~/x.log, probe: { http: "http://x/", failures: 5 } } }',
);

test('a rule of the profile is switched off, and another probe takes the place of its own', () => {
  const result = withOverrides(watched, { 'stall.output': 'off', 'stall.probe.nagios': ['check_it'] });
  expect(result).toMatchObject({
    ok: true,
    spec: {
      stall: {
        heartbeatMs: 30_000,
        outputMs: null,
        probe: { probe: { kind: 'nagios', command: ['check_it'] }, failures: 5 },
      },
    },
  });
});

test('files of the profile stay where they are; one that is set is named wholly', () => {
  expect(withOverrides(watched, { 'stall.heartbeat': '1m', 'stall.outputFile': '/var/log/y.log' })).toMatchObject({
    ok: true,
    spec: { stall: { heartbeatMs: 60_000, heartbeatFile: '/etc/procsaver/beat', outputFile: '/var/log/y.log' } },
  });
  expect(problem({ 'stall.heartbeatFile': 'run/beat' }, watched)).toBe(
    'stall.heartbeatFile: "run/beat" is a relative path; write the whole path from / on',
  );
});

test('the output of what something else starts is watched once its file is named', () => {
  const match = found('{ match: { executable: x } }');
  expect(problem({ 'stall.output': '5m' }, match)).toContain('where a `match` entry writes its output is not known');
  expect(withOverrides(match, { 'stall.output': '5m', 'stall.outputFile': '/x.log' })).toMatchObject({
    ok: true,
    spec: { stall: { outputMs: 300_000, outputFile: '/x.log' } },
  });
});

test('of a service its limits are live, and not what its unit decides or what it is', () => {
  const service = processOf(shop('{ service: cups }'), 'shop/api');
  expect(withOverrides(service, { 'restart.timeout': '2m', 'stop.grace': '1m', 'restart.limit': 9 })).toMatchObject({
    ok: true,
    spec: { service: 'cups.service', stop: { graceMs: 60_000 }, restart: { timeoutMs: 120_000, limit: 9 } },
  });
  expect(problem({ 'stop.signal': 'INT' }, service)).toBe('stop.signal: a `service` entry does not have it');
  expect(problem({ scope: 'user' }, service)).toContain('scope: defines what the process is');
  expect(problem({ instances: 3 }, service)).toBe('instances: a `service` entry does not have it');
});

test('a range stays as it is when something else is changed', () => {
  const workers = found('{ match: { executable: x }, instances: { min: 3, for: 10s } }');
  expect(withOverrides(workers, { 'restart.limit': 9 })).toMatchObject({
    ok: true,
    spec: { instances: workers.instances, written: { instances: { min: 3, for: '10s' } } },
  });
});

test('what an operator sets is meant literally', () => {
  expect(overridden({ 'stop.run': ['sh', '-c', 'echo ${HOME} $$'] }).stop.run).toEqual(['sh', '-c', 'echo ${HOME} $$']);
});

test.each<[string, string, WrittenValue]>([
  ['restart.limit=5', 'restart.limit', 5],
  ['restart.when = never', 'restart.when', 'never'],
  ['stop.tree=false', 'stop.tree', false],
  ['restart.successExitCodes=[0, 1]', 'restart.successExitCodes', [0, 1]],
  ['stop.run=[sh, -c, "kill $PROCSAVER_PID"]', 'stop.run', ['sh', '-c', 'kill $PROCSAVER_PID']],
  ['ready.http=http://127.0.0.1:80/?a=b', 'ready.http', 'http://127.0.0.1:80/?a=b'],
  ['ready.output=ready: yes', 'ready.output', 'ready: yes'],
  ['ready.output=[', 'ready.output', '['],
  ['stall.output=off', 'stall.output', 'off'],
  ['stall.spinning.above=95%', 'stall.spinning.above', '95%'],
  ['rules=[{ metric: cpu, above: 90%, for: 5m }]', 'rules', [{ metric: 'cpu', above: '90%', for: '5m' }]],
  ['x=', 'x', ''],
])('%s is typed by an operator', (text, field, value) => {
  expect(parseAssignment(text)).toEqual({ field, value });
});

test.each(['restart.limit', '=5', ''])('%j assigns nothing', (text) => {
  expect(parseAssignment(text)).toBeNull();
});

test('parameters show what is in force, what the profile says and who changed it', () => {
  const lines: readonly Parameter[] = parameters(spec, {
    'restart.limit': { value: 9, by: 'ops1', at: '2026-11-22T04:12:00.123Z' },
  });
  const line = (field: string) => lines.find((one) => one.field === field);
  expect(line('restart.limit')).toEqual({
    field: 'restart.limit',
    type: 'number',
    range: '0 to 1000',
    help: expect.stringContaining('Restarts allowed'),
    default: 3,
    profile: 5,
    current: 9,
    override: { by: 'ops1', at: '2026-11-22T04:12:00.123Z' },
    live: true,
  });
  expect(line('restart.within')).toMatchObject({ profile: '24h', current: '24h', override: null });
  expect(line('command')).toMatchObject({ profile: 'node api.js', live: false });
  expect(line('restart.run')).toBeUndefined();
});

test('a parameter that another one puts out of force is shown so', () => {
  const lines = parameters(spec, { 'ready.tcp': { value: '80', by: 'ops1', at: '' } });
  expect(lines.find(({ field }) => field === 'ready.http')).toMatchObject({
    profile: 'http://127.0.0.1/',
    current: null,
  });
});

test('parameters show stall fields, and those of this system only', () => {
  const fields = parameters(watched, {}).map(({ field }) => field);
  expect(fields).toEqual(expect.arrayContaining(['stall.heartbeat', 'stall.probe.nagios', 'rules', 'dump', 'secrets']));
  expect(fields).not.toContain('stall.window');
  const onWindows = parameters(api('{ command: x }', { system: 'windows' }), {});
  expect(onWindows.map(({ field }) => field)).toContain('stall.window');
  expect(parameters(watched, {}).find(({ field }) => field === 'stall.output')).toMatchObject({
    type: 'duration or off',
    profile: '5m',
    live: true,
  });
});
