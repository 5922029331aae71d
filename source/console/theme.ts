/** What a piece of text is to the reader. A theme gives each its colour; glyphs say the same without colour. */
export type Tone = (typeof TONES)[number];

export const TONES = [
  'plain',
  'dim',
  'bright',
  'accent',
  'running',
  'busy',
  'backoff',
  'stalled',
  'fatal',
  'stopped',
  'paused',
] as const;

/** How a process stands, to the eye: several states look alike. */
export type Condition = 'running' | 'busy' | 'backoff' | 'stalled' | 'fatal' | 'stopped';

export type ThemeName = 'dark' | 'light' | 'none';

/** Select Graphic Rendition parameters. Only the sixteen colours that each terminal's user has chosen the shades of. */
export type Palette = Readonly<Record<Tone, string>>;

/** One of ours, or the colours of a file. */
export type Theme = ThemeName | Palette;

const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  dark: {
    plain: '',
    dim: '90',
    bright: '1',
    accent: '1;96',
    running: '32',
    busy: '36',
    backoff: '93',
    stalled: '95',
    fatal: '1;91',
    stopped: '90',
    paused: '94',
  },
  light: {
    plain: '',
    dim: '90',
    bright: '1',
    accent: '1;34',
    running: '32',
    busy: '36',
    backoff: '33',
    stalled: '35',
    fatal: '1;31',
    stopped: '90',
    paused: '34',
  },
  // NO_COLOR: weight alone, which is no colour.
  none: {
    plain: '',
    dim: '2',
    bright: '1',
    accent: '1',
    running: '',
    busy: '',
    backoff: '1',
    stalled: '1',
    fatal: '1',
    stopped: '2',
    paused: '',
  },
};

export function sgr(theme: Theme, tone: Tone): string {
  return paletteOf(theme)[tone];
}

export function paletteOf(theme: Theme): Palette {
  return typeof theme === 'string' ? PALETTES[theme] : theme;
}

const GLYPHS = {
  running: ['●', '*'],
  busy: ['◐', '~'],
  backoff: ['↻', '@'],
  stalled: ['▲', '!'],
  fatal: ['✖', 'X'],
  stopped: ['○', '.'],
  paused: ['⏸', 'P'],
  cursor: ['┃', '>'],
  mark: ['+', '+'],
  folded: ['▸', '+'],
  unfolded: ['▾', '-'],
  pending: ['…', '..'],
  ellipsis: ['…', '~'],
  rule: ['─', '-'],
  full: ['█', '#'],
  empty: ['░', '.'],
  times: ['×', 'x'],
  arrow: ['→', '->'],
  caret: ['▏', '_'],
  chosen: ['(•)', '(o)'],
  unchosen: ['( )', '( )'],
  separator: ['·', '-'],
  branch: ['├', '|'],
  'last-branch': ['└', '`'],
  needs: ['▸', '>'],
  needed: ['◂', '<'],
  'far-needs': ['─▸', '->'],
  'far-needed': ['◂─', '<-'],
  info: ['·', '-'],
} as const satisfies Readonly<Record<string, readonly [unicode: string, ascii: string]>>;

export type GlyphName = keyof typeof GLYPHS;

export function glyph(name: GlyphName, ascii: boolean): string {
  return GLYPHS[name][ascii ? 1 : 0];
}

const SPARKS = ['▁▂▃▄▅▆▇█', '_.-:=+*#'] as const;

/** The heights of a sparkline, lowest first. */
export function sparks(ascii: boolean): string {
  return SPARKS[ascii ? 1 : 0];
}

/** Names of keys, for bars and help. */
const KEY_GLYPHS: Readonly<Record<string, readonly [unicode: string, ascii: string]>> = {
  enter: ['⏎', 'Enter'],
  escape: ['Esc', 'Esc'],
  up: ['↑', 'Up'],
  down: ['↓', 'Down'],
  left: ['←', 'Left'],
  right: ['→', 'Right'],
  'page-up': ['PgUp', 'PgUp'],
  'page-down': ['PgDn', 'PgDn'],
  home: ['Home', 'Home'],
  end: ['End', 'End'],
  tab: ['Tab', 'Tab'],
  ' ': ['Space', 'Space'],
};

export function keyName(key: string, ascii: boolean): string {
  const names = KEY_GLYPHS[key];
  if (names !== undefined) return names[ascii ? 1 : 0];
  return key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key;
}
