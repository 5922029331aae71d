import { expect, test } from 'vitest';
import { languageOf } from '../../source/cli/language.ts';

test.each([
  [{ LC_ALL: 'ja_JP.UTF-8', LANG: 'C' }, undefined, 'ja'],
  [{ LC_ALL: '', LANG: 'ja_JP' }, undefined, 'ja'],
  [{ LANG: 'C.UTF-8' }, 'ja-JP', 'en'],
  [{}, undefined, 'en'],
  // Windows, where no variable says it.
  [{}, 'ja-JP', 'ja'],
  [{}, 'de-DE', 'en'],
] as const)('%j, a user of %s: %s', (environment, ofUser, expected) => {
  expect(languageOf(environment, ofUser)).toBe(expected);
});
