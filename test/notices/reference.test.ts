import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../source/notices/catalogue.ts';
import { inPlural } from '../../source/notices/fill-in.ts';
import { noticeReference } from '../../source/notices/reference.ts';

const published = join(import.meta.dirname, '../../docs/notices.md');

test('the published list of notices is the one that the catalogue gives; `npm run generate` writes it', () => {
  expect(readFileSync(published, 'utf8')).toBe(noticeReference());
});

test('every notice has its line', () => {
  for (const id of Object.keys(catalogue)) expect(noticeReference()).toContain(`\n| \`${id}\` | `);
});

test('a notice has the same values in both languages', () => {
  const placeholders = (text: string): string[] => [...new Set(inPlural(text).match(/\{\w+\}/g))].sort();
  for (const [id, { en, ja }] of Object.entries(catalogue)) {
    expect(placeholders(ja), id).toEqual(placeholders(en));
  }
});
