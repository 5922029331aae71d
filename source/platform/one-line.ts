/** What a line is cut to, in characters, where nobody says otherwise: it stands in lists, in notices and in the state. */
const usualBound = 500;

/** Nothing in it moves a terminal's cursor or ends a line. */
export function oneLine(text: string, bound = usualBound): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').trim();
  // Not through the middle of a character of two units.
  return clean.length > bound ? `${clean.slice(0, bound - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : clean;
}
