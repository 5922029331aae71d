import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sgrOf, wrongColour } from '../../source/console/colour.ts';
import { readTheme } from '../../source/console/own-theme.ts';
import { readPreferences } from '../../source/console/shell/preferences.ts';
import { colourDepthOf } from '../../source/console/shell/terminal.ts';
import { type Condition, glyph, paletteOf, type Tone } from '../../source/console/theme.ts';

test.each([
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'all'],
  [{ TERM: 'xterm-direct' }, 'all'],
  [{ TERM: 'tmux-256color' }, 256],
  [{ TERM: 'xterm' }, 16],
  [{}, 16],
  [{ TERM: 'linux' }, 8],
  [{ TERM: 'screen' }, 8],
  [{ TERM: 'vt100' }, 'none'],
  [{ TERM: 'xterm-mono' }, 'none'],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 'none'],
] as const)('%o has %s colours', (environment, depth) => {
  expect(colourDepthOf({ LANG: 'C.UTF-8', ...environment }, 'linux')).toBe(depth);
});

test('a colour is told in what the terminal has', () => {
  expect(['all', 256, 16, 8].map((depth) => sgrOf('#ff8800', depth as 16))).toEqual([
    '38;2;255;136;0',
    '38;5;214',
    '93',
    '1;33',
  ]);
  expect(sgrOf('bright-green bold', 16)).toBe('92;1');
  expect(sgrOf('bright-green bold', 8)).toBe('1;32');
  expect(sgrOf('grey', 8)).toBe('2');
  expect(sgrOf('', 16)).toBe('');
  expect(wrongColour('bright-green blod')).toBe('blod');
});

test('a file of colours is laid over its base', () => {
  const { theme, problem } = readTheme('mine', { base: 'light', fatal: '#ff0000 bold', running: 'cyan' }, 'all', 'en');
  expect(problem).toBeNull();
  expect(paletteOf(theme)).toEqual({ ...paletteOf('light'), fatal: '38;2;255;0;0;1', running: '36' });
});

test.each([
  [{ runing: 'green' }, 'mine.theme.json: "runing" is nothing that has a colour (running?).'],
  [{ running: 'gren' }, 'mine.theme.json: running: "gren" is no colour, such as bright-green or #ff8800.'],
  [{ running: 7 }, 'mine.theme.json: running: "7" is no colour, such as bright-green or #ff8800.'],
  [null, 'There is no theme "mine": its colours would stand in mine.theme.json beside console.json.'],
])('%o is told, and the colours stay', (file, told) => {
  const { theme, problem } = readTheme('mine', file, 16, 'en');
  expect(problem).toBe(told);
  expect(paletteOf(theme)).toEqual(paletteOf('dark'));
});

test('without colours no theme has any, and eight colours have no bright ones', () => {
  expect(readTheme('mine', { running: 'green' }, 'none', 'en').theme).toBe('none');
  const codes = Object.values(paletteOf(readTheme('dark', null, 8, 'en').theme));
  expect(codes.some((code) => /(^|;)9\d/.test(code))).toBe(false);
  expect(codes).toContain('1;31');
});

test('signs alone tell every condition from every other, with and without Unicode', () => {
  const conditions: readonly (Condition | 'paused')[] = [
    'running',
    'busy',
    'backoff',
    'stalled',
    'fatal',
    'stopped',
    'paused',
  ];
  for (const ascii of [false, true]) {
    expect(new Set(conditions.map((one) => glyph(one, ascii))).size).toBe(conditions.length);
  }
});

test('without colour weight alone is used', () => {
  for (const [tone, code] of Object.entries(paletteOf('none')) as [Tone, string][])
    expect(['', '1', '2'], tone).toContain(code);
});

const english = { language: 'en', isAsked: false } as const;

test.each([
  [null, { language: 'en', isAsked: false }, 'en'],
  ['ja', { language: 'en', isAsked: false }, 'ja'],
  ['en', { language: 'ja', isAsked: false }, 'en'],
  ['ja', { language: 'en', isAsked: true }, 'en'],
] as const)('with %s in the settings and %o the console speaks %s', (language, spoken, spokenThen) => {
  const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'console.json'), JSON.stringify({ language }));
  expect(readPreferences({ PROCSAVER_HOME: folder }, 'linux', spoken).language).toBe(spokenThen);
});

test('preferences are read from the folder of the settings, and what is wrong is said in one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const settings = {
    theme: 'mine',
    keys: { list: { restart: ['R'], dump: ['p'] } },
    sort: { by: 'cpu', isReversed: true },
    hidden: ['pid', 'nothing', 'name'],
    bell: 'osc9',
    mouse: false,
  };
  writeFileSync(join(folder, 'console.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'mine.theme.json'), JSON.stringify({ running: 'gren' }));
  const { start, mouse } = readPreferences(
    { PROCSAVER_HOME: folder, LANG: 'C.UTF-8', TERM: 'xterm' },
    'linux',
    english,
  );
  expect(mouse).toBe(false);
  expect(start).toMatchObject({
    keys: { list: { restart: ['R'] } },
    sort: { by: 'cpu', isReversed: true },
    hidden: ['pid'],
    bell: 'osc9',
  });
  expect(start.bottomLine?.text).toBe(
    'console.json: keys.list.dump: p belongs to pause; the usual key stays. (+1 more)',
  );
});
