import { closestMatch } from 'leven';
import { closest } from '../profile/suggestion.ts';

/** The command or flag that was probably meant. Fingers that swap two letters make a distance of 2, also in short words. */
export function nearest(word: string, known: readonly string[]): string | null {
  return closest(word, known) ?? closestMatch(word, known, { maxDistance: word.length < 5 ? 1 : 2 }) ?? null;
}
