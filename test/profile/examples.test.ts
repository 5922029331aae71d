import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import type { ProcessSpec } from '../../source/profile/profile.ts';

const folder = join(import.meta.dirname, '../../profiles');
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function load(names: readonly string[], environment: Record<string, string> = {}) {
  const sources = names.map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
  const readFile = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const result = parseProfiles(sources, { environment, system: 'linux', readFile });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result;
}

test.each(examples)('%s is a sound profile without a warning', (name) => {
  expect(load([name]).warnings).toEqual([]);
});

test('the examples can be loaded all together', () => {
  expect(
    load(examples)
      .profile.groups.map(({ name }) => name)
      .toSorted(),
  ).toEqual([
    'nginx',
    'night',
    'oddities',
    'order-entry',
    'postgresql',
    'printing',
    'redis',
    'shop',
    'web-application',
  ]);
});

test.each(examples)('%s names its schema for editors and says at the top what it is', (name) => {
  const [first, second, third] = readFileSync(join(folder, name), 'utf8').split('\n');
  expect([first, second, third?.startsWith('# ')]).toEqual([
    '# yaml-language-server: $schema=./profile.schema.json',
    '#',
    true,
  ]);
});

test('order-entry.yaml shows strategies, escalations, services and workers that bear one name', () => {
  const [entry, printing] = load(['order-entry.yaml']).profile.groups;
  expect(entry).toMatchObject({ strategy: 'rest-for-one', escalation: { do: 'failover' } });
  expect(printing).toMatchObject({ strategy: 'one-for-all', escalation: { do: 'run' } });
  const [database, , workers] = entry?.processes ?? [];
  expect(database).toMatchObject({ kind: 'service', service: 'postgresql@15-main.service', scope: 'system' });
  expect(workers).toMatchObject({ kind: 'match', instances: { min: 3, max: 12, forMs: 15_000 } });
});

test('where a user would expect it, an example says how one sees that the program hangs', () => {
  const processes = load(examples).profile.groups.flatMap((group) =>
    group.processes.map((process) => [`${group.name}/${process.name}`, process] as const),
  );
  const stallOf = (name: string) => processes.find(([one]) => one === name)?.[1].stall;
  expect(stallOf('nginx/server')?.probe?.probe).toEqual({ kind: 'http', url: 'http://127.0.0.1:80/' });
  expect(stallOf('postgresql/server')?.probe?.probe.kind).toBe('tcp');
  expect(stallOf('redis/server')?.probe?.probe).toMatchObject({ kind: 'run' });
  expect(stallOf('web-application/scheduler')?.heartbeatMs).toBe(60_000);
  expect(load(['order-entry.yaml']).profile).toMatchObject({
    evidenceMaxBytes: 10 * 1024 ** 3,
    evidenceWithinMs: 30_000,
  });
});

const demo = load(['demo.yaml']).profile.groups.flatMap(({ processes }) => processes);

test('the demonstration shows every kind of fate', () => {
  const find = (name: string) => demo.find((process) => process.name === name) as ProcessSpec;
  expect(demo.length).toBeGreaterThanOrEqual(8);
  expect(find('worker')).toMatchObject({ instances: 3 });
  expect(find('api')).toMatchObject({ ready: { probe: { kind: 'http' } }, dependsOn: { 'shop/database': 'ready' } });
  expect(find('import').restart.when).toBe('on-failure');
  expect(find('hopeless').restart.limit).toBe(2);
  expect(find('flaky').restart.limit).toBeGreaterThan((3600 / 10) * 2);
  expect(find('spooler').kind).toBe('match');
  expect(find('sleepy')).toMatchObject({ stall: { outputMs: 20_000 }, onStall: 'restart' });
});

test('every program of the demonstration stands in its folder', () => {
  const programs = demo.flatMap((process) =>
    process.kind === 'command' ? [process.command] : [process.restart.run ?? []],
  );
  for (const [interpreter, script] of programs) {
    expect(['node', 'sh']).toContain(interpreter);
    expect(existsSync(join(folder, 'demo', script ?? ''))).toBe(true);
  }
});

test('a second demonstration can be given other ports', () => {
  const { profile } = load(['demo.yaml'], { PROCSAVER_DEMO_PORT: '50001', PROCSAVER_DEMO_DATABASE_PORT: '50002' });
  const text = JSON.stringify(profile);
  expect(text).toContain('127.0.0.1:50001/health');
  expect(text).not.toMatch(/4780[12]/);
});
