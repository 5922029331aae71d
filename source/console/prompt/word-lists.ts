import type { Model } from '../model.ts';
import type { VerbName } from './verbs.ts';

/** What a verb takes after it, where that is one of few words; none yet has any. */
export function wordsAfter(_verb: VerbName): readonly string[] {
  return [];
}

export function restProblem(_verb: VerbName, _rest: readonly string[], _model: Model): string | null {
  return null;
}
