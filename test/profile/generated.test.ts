import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Kind, kinds } from '../../source/profile/field.ts';
import { processTable, sections } from '../../source/profile/fields.ts';
import { fieldReference } from '../../source/profile/generate/reference.ts';
import { profileSchema, profileSchemaText } from '../../source/profile/generate/schema.ts';
import { parseProfiles } from '../../source/profile/parse.ts';
import type { WrittenValue } from '../../source/profile/profile.ts';
import { entryAt, mergeTrees, plainOf, treeOf } from '../../source/profile/tree.ts';

const project = join(import.meta.dirname, '../..');
const published = (path: string) => readFileSync(join(project, path), 'utf8');

test('the published schema is the one that the table gives; `npm run generate` writes it', () => {
  expect(published('profiles/profile.schema.json')).toBe(profileSchemaText());
});

test('the published reference is the one that the table gives; `npm run generate` writes it', () => {
  expect(published('docs/profile-fields.md')).toBe(fieldReference());
});

test('every field of a process stands in the schema with its help', () => {
  const schema = treeOf(profileSchema() as WrittenValue);
  for (const [path, field] of Object.entries(processTable)) {
    const at = path.split('.').join('.properties.');
    const description = entryAt(schema, `definitions.fields.properties.${at}.description`)?.value;
    expect(description && plainOf(description)).toContain(field.help);
  }
});

test('every section is described, and every default is a value that the field accepts', () => {
  for (const [path, field] of Object.entries(processTable)) {
    const section = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    if (section !== '') expect(sections[section]).toBeTypeOf('string');
    expect(field.initial).not.toBeUndefined();
  }
});

/** A value for each type that has no default. */
const samples: Readonly<Record<string, WrittenValue>> = {
  URL: 'http://x/',
  address: '80',
  number: 5,
  'octal number': '027',
  duration: '1s',
  'duration or off': '5s',
  true: true,
  'one of system, user': 'user',
};

const partners: Readonly<Record<string, WrittenValue>> = {
  'stall.heartbeatFile': { stall: { heartbeat: '5s' } },
  'stall.output': { stall: { outputFile: '/x.log' } },
  'stall.outputFile': { stall: { output: '5s' } },
  'stall.spinning.above': { stall: { spinning: { for: '5s' } } },
  'stall.probe.interval': { stall: { probe: { tcp: '80' } } },
  'stall.probe.timeout': { stall: { probe: { tcp: '80' } } },
  'stall.probe.failures': { stall: { probe: { tcp: '80' } } },
};

/** What a field cannot stand without. */
function companions(path: string, kind: Kind): WrittenValue[] {
  const isTime = /^ready\.(interval|timeout|within)$/.test(path);
  return [
    kind === 'match' ? { match: { executable: 'x' } } : { [kind]: 'x' },
    isTime ? { ready: { after: '1s' } } : {},
    partners[path] ?? {},
  ];
}

const cases = kinds.flatMap((kind) =>
  Object.entries(processTable)
    .filter(([path, field]) => field.kinds.includes(kind) && path !== kind)
    .map(([path, field]) => [kind, path, field] as const),
);

test.each(cases)('a %s entry may hold %s', (kind, path, field) => {
  const value = field.default ?? samples[field.type.words] ?? 'a';
  const written = path.split('.').reduceRight<WrittenValue>((inner, key) => ({ [key]: inner }), value);
  const process = plainOf([...companions(path, kind), written].map((part) => treeOf(part)).reduce(mergeTrees));
  const text = JSON.stringify({ groups: { g: { processes: { p: process } } } });
  const system = field.systems[0] ?? 'linux';
  const result = parseProfiles([{ file: 'a', text }], { environment: {}, system, readFile: () => '' });
  expect(result).toMatchObject({ ok: true });
});
