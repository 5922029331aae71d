/** How many colours a terminal has: none, 8, 16, 256, or every one. */
export type ColourDepth = 'none' | 8 | 16 | 256 | 'all';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const WEIGHTS: Readonly<Record<string, string>> = { bold: '1', dim: '2', italic: '3', underline: '4', reverse: '7' };

/** The word of a colour that is none: `bright-green bold`, `#ff8800`, or nothing at all; null: all are known. */
export function wrongColour(text: string): string | null {
  return wordsOf(text).find((word) => codeOf(word, 'all') === null) ?? null;
}

/** The Select Graphic Rendition parameters of a colour, in what the terminal has. */
export function sgrOf(text: string, depth: ColourDepth): string {
  const codes = wordsOf(text).flatMap((word) => codeOf(word, depth) ?? []);
  return [...new Set(codes)].join(';');
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function codeOf(word: string, depth: ColourDepth): readonly string[] | null {
  const weight = WEIGHTS[word];
  if (weight !== undefined) return [weight];
  const rgb = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(word);
  if (rgb !== null)
    return exact(
      rgb.slice(1).map((part) => Number.parseInt(part, 16)),
      depth,
    );
  const isBright = word.startsWith('bright-') || word === 'grey' || word === 'gray';
  const at = word === 'grey' || word === 'gray' ? 0 : NAMES.indexOf(word.replace('bright-', ''));
  return at < 0 ? null : named(at, isBright, depth);
}

function named(at: number, isBright: boolean, depth: ColourDepth): readonly string[] {
  if (!isBright) return [`3${at}`];
  if (depth !== 8) return [`9${at}`];
  return at === 0 ? ['2'] : ['1', `3${at}`];
}

function exact([red = 0, green = 0, blue = 0]: readonly number[], depth: ColourDepth): readonly string[] {
  if (depth === 'all') return [`38;2;${red};${green};${blue}`];
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => Math.round((part / 255) * 5));
  if (depth === 256) return [`38;5;${16 + 36 * r + 6 * g + b}`];
  // Each of the three is there or not: the nearest of the sixteen, whose shades are the user's own.
  const at = (red > 127 ? 1 : 0) + (green > 127 ? 2 : 0) + (blue > 127 ? 4 : 0);
  return named(at, Math.max(red, green, blue) > 200, depth);
}
