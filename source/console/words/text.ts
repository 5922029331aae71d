import type { Language } from '../../notices/notice.ts';
import { meanings } from './meanings.ts';
import { promptTexts } from './prompt.ts';
import { readingWords } from './reading.ts';
import { sentences } from './sentences.ts';
import { stallTexts } from './stalls.ts';
import { words } from './words.ts';

const texts = { ...words, ...meanings, ...promptTexts, ...readingWords, ...stallTexts, ...sentences };

export type TextKey = keyof typeof texts;

/** What the console says in the operator's language. `{name}` in the text is replaced by the value of that name. */
export function say(
  reader: { readonly language: Language },
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text: string = texts[key][reader.language];
  return text.includes('{') ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')) : text;
}
