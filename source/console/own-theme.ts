import type { Language } from '../notices/notice.ts';
import { closest } from '../profile/suggestion.ts';
import { type ColourDepth, sgrOf, wrongColour } from './colour.ts';
import { type Palette, paletteOf, type Theme, type ThemeName, TONES, type Tone } from './theme.ts';
import { say } from './words/text.ts';

export interface ReadTheme {
  readonly theme: Theme;
  /** What is wrong with the file; there the colours of its base stay. */
  readonly problem: string | null;
}

/** A theme by its name, in as many colours as the terminal has. `file`: what its file holds; null: there is none. */
export function readTheme(name: string, file: unknown, depth: ColourDepth, language: Language): ReadTheme {
  if (depth === 'none') return { theme: 'none', problem: null };
  if (isBuiltIn(name)) return { theme: fewer(name, depth), problem: null };
  const reader = { language };
  if (typeof file !== 'object' || file === null || Array.isArray(file))
    return { theme: fewer('dark', depth), problem: say(reader, 'theme-missing', { name }) };
  const { base, ...colours } = file as Readonly<Record<string, unknown>>;
  const ground: ThemeName = base === 'light' ? 'light' : 'dark';
  const palette: Record<Tone, string> = { ...paletteOf(fewer(ground, depth)) };
  let problem: string | null = null;
  for (const [tone, colour] of Object.entries(colours)) {
    if (!isTone(tone)) {
      const near = closest(tone, TONES) ?? TONES.join(', ');
      problem ??= say(reader, 'theme-tone', { name, tone, near });
    } else if (typeof colour !== 'string' || wrongColour(colour) !== null) {
      const word = typeof colour === 'string' ? (wrongColour(colour) ?? '') : JSON.stringify(colour);
      problem ??= say(reader, 'theme-colour', { name, tone, word });
    } else palette[tone] = sgrOf(colour, depth);
  }
  return { theme: palette, problem };
}

function isBuiltIn(name: string): name is ThemeName {
  return name === 'dark' || name === 'light' || name === 'none';
}

function isTone(word: string): word is Tone {
  return (TONES as readonly string[]).includes(word);
}

/** With eight colours the bright ones are the usual ones in bold, and grey is what is dim. */
function fewer(name: ThemeName, depth: ColourDepth): Theme {
  if (depth !== 8) return name;
  const palette = Object.entries(paletteOf(name)).map(([tone, code]) => [tone, eight(code)]);
  return Object.fromEntries(palette) as Palette;
}

function eight(code: string): string {
  const parts = code.split(';').flatMap((part) => {
    if (part === '90') return ['2'];
    return /^9\d$/.test(part) ? ['1', `3${part[1]}`] : [part];
  });
  return [...new Set(parts)].join(';');
}
