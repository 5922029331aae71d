import leven from 'leven';
import type { MapTree } from './tree.ts';

/** The word that was probably meant, or null when none is near. Case, `-` and `_` count little: `depends_on` means `dependsOn`. */
export function closest(word: string, known: readonly string[]): string | null {
  const bare = strip(word);
  const same = known.find((candidate) => strip(candidate) === bare);
  if (same !== undefined) return same;
  const limit = bare.length < 3 ? 0 : Math.max(1, Math.floor(bare.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    const distance = leven(bare, strip(candidate), { maxDistance: bestDistance });
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The key that stands where this one is missing, when its author probably meant this one. */
export function misspelt(meant: string, map: MapTree, known: object): string | null {
  return [...map.entries.keys()].find((key) => !Object.hasOwn(known, key) && closest(key, [meant]) !== null) ?? null;
}

export function didYouMean(word: string, known: readonly string[]): string {
  const near = closest(word, known);
  return near === null ? '' : `did you mean \`${near}\`?`;
}

/** Letters only, so that spelling habits do not hide the word; what is left of a name without letters is the name. */
function strip(word: string): string {
  const bare = word.toLowerCase().replace(/[-_ ]/g, '');
  return bare === '' ? word : bare;
}
