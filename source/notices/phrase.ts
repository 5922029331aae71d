import { fillIn } from './fill-in.ts';
import type { Language } from './notice.ts';
import { phrases } from './phrases.ts';

export type PhraseId = keyof typeof phrases;

/** The phrase in English, as it is kept, sent, and read by programs. */
export function phrase(id: PhraseId, values: Readonly<Record<string, string | number>> = {}): string {
  return fillIn(phrases[id].en, (name) => values[name]);
}

/** A text of the engine for people of that language. What is no phrase of ours (a line of a program, an error of the system) stays as it is. */
export function inLanguage(text: string, language: Language): string {
  return language === 'en' ? text : (inJapanese(text) ?? text);
}

/** Its sentences one after the other; Japanese has no blanks between them. */
export function paragraph(sentences: readonly string[], language: Language): string {
  return sentences.map((sentence) => inLanguage(sentence, language)).join(language === 'ja' ? '' : ' ');
}

interface Pattern {
  readonly matches: RegExp;
  readonly ja: string;
}

/** Made when the first text is told in Japanese: most programs never need them. */
let compiled: readonly Pattern[] | null = null;

/** The longer what is fixed in a phrase, the less it can be taken for another. */
function patterns(): readonly Pattern[] {
  compiled ??= Object.values(phrases)
    .map(({ en, ja }) => ({ fixed: en.replaceAll(/\{\w+\}/g, '').length, matches: patternOf(en), ja }))
    .toSorted((a, b) => b.fixed - a.fixed);
  return compiled;
}

function patternOf(en: string): RegExp {
  const seen = new Set<string>();
  const source = en.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    // What stands there twice is the same both times.
    if (seen.has(part)) return String.raw`\k<${part}>`;
    seen.add(part);
    return group(part);
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

/** What stands in the place of a name that matches: the narrower, the less is one phrase taken for another. */
const shapes: readonly (readonly [name: RegExp, shape: string])[] = [
  [/(?:Count|Code|Percent)$/, String.raw`\d+(?:\.\d+)?`],
  [/^(?:long|limit|within|grace)$/, String.raw`\d+ m?s|(?:\d+(?:ms|[dhms]))+|0`],
  [/^signal$/, 'SIG[A-Z0-9+-]+'],
  [/^(?:name|group|dependency|metric|state|rule)$/, String.raw`\S+`],
  [/^target$/, String.raw`\S+(?: --instance \S+)?`],
  [/^(?:at|last|free)$/, String.raw`(?:\d{4}-\d\d-\d\d )?\d(?:[\d:.]*\d)?`],
  [/^amount$/, String.raw`\d+(?:\.\d+)?(?: %|[KMGT])?`],
  [/Also$/, '(?:[;:( ].*?)?'],
];

function group(name: string): string {
  const [, shape = '.+?'] = shapes.find(([names]) => names.test(name)) ?? [];
  return `(?<${name}>${shape})`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** No phrase holds others deeper than that; a text from outside may look as if it did. */
const deepest = 6;

/** Null: no phrase of ours. */
function inJapanese(text: string, depth = deepest): string | null {
  if (depth === 0) return null;
  for (const { matches, ja } of patterns()) {
    const found = matches.exec(text);
    if (found === null) continue;
    return fillIn(ja, (name) => {
      const value = found.groups?.[name] ?? '';
      return inJapanese(value, depth - 1) ?? value;
    });
  }
  return withDetail(text, depth);
}

/** `a phrase (what was measured)`, `a phrase: what somebody said`. */
function withDetail(text: string, depth: number): string | null {
  const parts = /^(?<told>.+?)(?<joint>: | \()(?<detail>.+)$/s.exec(text)?.groups;
  const told = inJapanese(parts?.['told'] ?? '', depth - 1);
  return told === null ? null : `${told}${parts?.['joint'] ?? ''}${parts?.['detail'] ?? ''}`;
}
