import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemsOf, profileOf } from './reading.ts';

const manual = readFileSync(join(import.meta.dirname, '../../docs/profile.md'), 'utf8');
const examples = [...manual.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const exampleWith = (word: string) => profileOf(examples.find((text) => text.includes(word)) ?? '');

test('the manual shows whole profiles', () => {
  expect(examples.length).toBeGreaterThanOrEqual(4);
});

test.each(examples)('an example of the manual is a sound profile: %s', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test('its stalls are what it says of them', () => {
  const [web, importer, queue] = exampleWith('unchangedFor').groups[0]?.processes ?? [];
  expect(web?.stall).toMatchObject({ heartbeatMs: 30_000, outputMs: 300_000, blockedMs: 120_000 });
  expect(web?.stall.probe).toMatchObject({ probe: { kind: 'http' }, failures: 3 });
  expect(importer).toMatchObject({ stall: { spinning: { abovePercent: 195 }, blockedMs: null }, onStall: 'dump' });
  expect(queue?.stall).toMatchObject({ outputFile: '/var/log/queued.log', probe: { probe: { kind: 'nagios' } } });
});

test('so are its rules and its evidence', () => {
  const [web] = exampleWith('metric: memory').groups[0]?.processes ?? [];
  expect(web?.rules.map(({ metric, value }) => [metric, value])).toEqual([
    ['memory', 512 * 1024 ** 2],
    ['cpu', 90],
    ['descriptors', 900],
    ['threads', 4],
  ]);
  const evidence = exampleWith('evidenceMaxSize');
  expect(evidence).toMatchObject({ evidenceMaxBytes: 4 * 1024 ** 3, evidenceWithinMs: 20_000 });
  expect(evidence.groups[0]?.processes.map(({ keep }) => keep)).toEqual([5, 0]);
});
