import { expect, test } from 'vitest';
import { fieldHelp, kindInJapanese } from '../../source/console/words/fields.ts';
import { processTable } from '../../source/profile/fields.ts';

test('every field of a process is explained in Japanese, and no other', () => {
  expect(Object.keys(fieldHelp).sort()).toEqual(Object.keys(processTable).sort());
});

test('every kind of value has a Japanese name', () => {
  const kinds = Object.values(processTable).map(({ type }) => type.words);
  // What is written into a profile is the same in every language: words, signs and names of standards.
  const isNeutral = (kind: string): boolean => ['URL', 'true'].includes(kind);
  const told = [...new Set(kinds)].filter((kind) => !isNeutral(kind)).map((kind) => kindInJapanese(kind, ''));
  for (const kind of told) expect(kind).toMatch(/[ぁ-んァ-ヶ一-龠]/);
  expect(kindInJapanese('duration or off', '1s to 30d')).toBe('時間 または off、1s ～ 30d');
});
