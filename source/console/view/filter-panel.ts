import { wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { filterTrouble, stateWords } from '../rows/filter.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

/** Which states there are, where a word asks for none of them; empty while there is nothing to say. */
export function filterPanel(model: Model): readonly Line[] {
  const text = unknownState(model);
  return text === null ? [] : wrap(text, model.size.columns - 2).map((line): Line => [span(` ${line}`, 'backoff')]);
}

/** Why nothing is found; null: nothing is wrong with the filter. */
export function whyNothing(model: Model): string | null {
  const trouble = filterTrouble(model.list.filter, model.status);
  if (trouble === null || trouble.is === 'unknown') return unknownState(model);
  return say(model, `filter-${trouble.is}`, { word: trouble.word });
}

function unknownState(model: Model): string | null {
  const trouble = filterTrouble(model.list.filter, model.status);
  if (trouble?.is !== 'unknown') return null;
  return say(model, 'filter-unknown', { word: trouble.word.slice(1), states: stateWords.join(' ') });
}
