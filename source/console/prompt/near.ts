import { closestMatch } from 'leven';
import { closest } from '../../profile/suggestion.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** " Did you mean ...?", or nothing where nothing is near. Fingers that swap two letters make a distance of 2. */
export function nearText(model: Model, word: string, known: readonly string[]): string {
  return meant(model, closest(word, known) ?? closestMatch(word, known, { maxDistance: 2 }) ?? null);
}

export function meant(model: Model, found: string | null): string {
  return found === null ? '' : say(model, 'prompt-near', { near: found });
}
