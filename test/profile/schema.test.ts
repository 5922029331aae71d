import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { profileSchema } from '../../source/profile/generate/schema.ts';
import { problemsOf } from './reading.ts';

const folder = join(import.meta.dirname, '../../profiles');
const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(profileSchema());

/** What an editor that knows the schema says about a profile. */
function saidOf(text: string): string[] {
  validate(parse(text, { merge: true }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('%s satisfies the schema', (name) => {
  expect(saidOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
});

const group = (fields: string) => `groups: { g: { ${fields}, processes: { a: { command: x } } } }`;
const process = (fields: string) => `groups: { g: { processes: { a: { ${fields} } } } }`;

const good = [
  process('match: { executable: x }, instances: 3'),
  process('match: { executable: x }, instances: { min: 0, max: 5, for: 10s }'),
  process('command: x, instances: "${COUNT:-2}"'),
  process('service: cups, scope: user, stop: { grace: 5s }'),
  process('command: x, environmentFile: a.env, ready: , restart: { successExitCodes: 0 }'),
  group('strategy: rest-for-one'),
  group('strategy: "${STRATEGY:-one-for-all}"'),
  group('escalation: failover'),
  group('escalation: { run: [tell, 1] }'),
  group('escalation: { plugin: pager }'),
  process(
    'command: x, stall: { heartbeat: 30s, heartbeatFile: /x, output: off, cpu: { unchangedFor: 10m }, blocked: 1m }',
  ),
  process('command: x, stall: { spinning: { above: 97.5%, for: 5m }, probe: { nagios: check_http, interval: off } }'),
  process('command: x, windows: { stall: { window: 30s } }'),
  process(
    'command: x, rules: [{ metric: cpu, above: 90%, for: 5m }, { metric: threads, below: 2, for: 1m, then: dump }]',
  ),
  process('command: x, rules: { metric: memory, above: "${MEMORY:-512M}", for: 1m }, onStall: alert'),
  process('command: x, dump: [], keep: 0, secrets: [A, --b]'),
  `evidenceMaxSize: 2G\nevidenceWithin: 30s\n${group('paused: true')}`,
  `allowReboot: true\nrestartsPerSecond: 7\n${group('escalation: reboot')}`,
];

test.each(good)('schema and program accept %s', (text) => {
  expect([saidOf(text), problemsOf(text, { readFile: () => '' })]).toEqual([[], []]);
});

const bad = [
  process('match: { executable: x }, instances: 0'),
  process('match: { executable: x }, instances: { min: -1 }'),
  process('match: { executable: x }, instances: { mix: 1 }'),
  process('match: { executable: x }, instances: { for: 10 }'),
  process('service: cups, scope: root'),
  process('command: []'),
  process('command: x, restrat: 1'),
  process('command: x, stop: { grace: 10 }'),
  group('strategy: all'),
  group('escalation: fail-over'),
  group('escalation: { run: [] }'),
  group('escalation: { plugn: x }'),
  group('escalation: {}'),
  `restartsPerSecond: 0\n${group('paused: true')}`,
  process('command: x, stall: { heartbeat: 30 }'),
  process('command: x, stall: { spinning: { above: 95, for: 5m } }'),
  process('command: x, stall: { probe: { failures: 0 } }'),
  process('command: x, stall: 30s'),
  process('command: x, onStall: kill'),
  process('command: x, rules: [{ metric: cpu, above: 90% }]'),
  process('command: x, rules: [{ metric: cpu, for: 5m }]'),
  process('command: x, rules: [{ metric: cpu, above: 90%, below: 5%, for: 5m }]'),
  process('command: x, rules: [{ metric: disk, above: 90%, for: 5m }]'),
  process('command: x, rules: [{ metric: cpu, abov: 90%, for: 5m }]'),
  process('command: x, dump: [all]'),
  process('command: x, keep: 1001'),
  `evidenceMaxSize: 2\n${group('paused: true')}`,
  'groups: {}',
];

test.each(bad)('schema and program refuse %s', (text) => {
  expect(saidOf(text)).not.toEqual([]);
  expect(problemsOf(text)).not.toEqual([]);
});
