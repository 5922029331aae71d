import type { ActionName } from '../actions.ts';
import type { Model } from '../model.ts';
import { bindingsOf } from '../own-keys.ts';
import { isVerb } from './verbs.ts';

/** Actions of the open screen that have no word of their own in the table of verbs: their name is the word. */
export function actionWords(model: Model): readonly ActionName[] {
  return [...new Set(bindingsOf(model, model.screen.is).map(({ action }) => action))].filter(isActionWord);
}

export function isActionWord(name: ActionName): boolean {
  return !isVerb(name) && !HIDDEN.includes(name);
}

/** What nobody would type: the arrows, the key that opened this line, and keys that stand for one of two verbs. */
const HIDDEN: readonly ActionName[] = [
  'up',
  'down',
  'page-up',
  'page-down',
  'first',
  'last',
  'prompt',
  'pause-all',
  'stop-start',
];
