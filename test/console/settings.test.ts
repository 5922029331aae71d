import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { abilitiesOf } from '../../source/console/shell/terminal.ts';
import {
  readConsoleSettings,
  settingsFolder,
  usualSettings,
  writeConsoleSettings,
} from '../../source/settings/console-settings.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('what was written is read again; the rest is as usual', () => {
  const folder = emptyFolder();
  writeConsoleSettings(folder, { theme: 'light' });
  expect(readConsoleSettings(folder)).toEqual({ ...usualSettings, theme: 'light' });
});

test.each(['{ broken', '{"theme": 7, "ascii": "yes", "language": "fr"}', '[]'])(
  'a file with %s in it never keeps the console from opening',
  (text) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'console.json'), text);
    expect(readConsoleSettings(folder)).toEqual(usualSettings);
  },
);

test('the settings lie beside the profiles of their user', () => {
  expect(settingsFolder({ HOME: '/home/ops1' })).toBe('/home/ops1/.config/procsaver');
  expect(settingsFolder({ HOME: '/home/ops1', PROCSAVER_HOME: '/tmp/copy' })).toBe('/tmp/copy');
});

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, { hasUnicode: true, hasColours: true }],
  [
    { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' },
    { hasUnicode: false, hasColours: true },
  ],
  [
    { LANG: 'C.utf8', TERM: 'linux' },
    { hasUnicode: false, hasColours: true },
  ],
  [
    { LANG: 'C.utf8', NO_COLOR: '1' },
    { hasUnicode: true, hasColours: false },
  ],
  [
    { LANG: 'C.utf8', TERM: 'vt100-mono' },
    { hasUnicode: true, hasColours: false },
  ],
])('%o can show %o', (environment, abilities) => {
  expect(abilitiesOf(environment, 'linux')).toEqual(abilities);
});
