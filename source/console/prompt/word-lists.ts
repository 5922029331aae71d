import { choosable } from '../columns.ts';
import type { Model } from '../model.ts';
import { SORTS } from '../rows/sorting.ts';
import { say } from '../words/text.ts';
import { nearText } from './near.ts';
import type { VerbName } from './verbs.ts';

/** What a verb takes after it, where that is one of few words. `most`: so many of them at once. */
interface WordList {
  readonly words: readonly string[];
  readonly most: number;
  /** What may stand after the first one. */
  readonly after: readonly string[];
  /** Another word may be right, too: the name of a file. */
  readonly isOpen?: true;
  readonly isNeeded?: true;
}

const signed = (names: readonly string[]): readonly string[] => names.flatMap((name) => [`+${name}`, `-${name}`]);

const LISTS: Readonly<Partial<Record<VerbName, WordList>>> = {
  sort: { words: SORTS, most: 2, after: ['reverse'] },
  theme: { words: ['dark', 'light', 'none'], most: 1, after: [], isOpen: true },
  mouse: { words: ['on', 'off'], most: 1, after: [], isNeeded: true },
  bell: { words: ['off', 'bell', 'osc9'], most: 1, after: [], isNeeded: true },
  columns: { words: signed(choosable), most: 99, after: signed(choosable) },
};

export function wordsAfter(verb: VerbName, before: number): readonly string[] {
  const list = LISTS[verb];
  if (list === undefined || before >= list.most) return [];
  return before === 0 ? list.words : list.after;
}

export function restProblem(
  verb: VerbName,
  rest: readonly string[],
  model: Model,
  isUnfinished: boolean,
): string | null {
  const list = LISTS[verb];
  if (rest.length === 0 && (list?.isNeeded || list?.isOpen) && !isUnfinished)
    return say(model, 'prompt-one-of', { verb, names: list.words.join(', '), near: '' });
  if (list?.isOpen && rest.length === 1) return null;
  for (const [at, word] of rest.entries()) {
    const words = wordsAfter(verb, at);
    if (words.includes(word)) continue;
    if (words.length === 0) return say(model, 'prompt-surplus', { verb, word });
    const names = words.join(', ');
    return say(model, 'prompt-one-of', { verb, names, near: nearText(model, word, words) });
  }
  return null;
}
