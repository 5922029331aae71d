import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import Conf from 'conf';

/** What a user of the console likes. Never anything about profiles or the engine. */
export interface ConsoleSettings {
  /** Null: as the locale says. */
  readonly language: 'en' | 'ja' | null;
  /** Null: ASCII only where the terminal has nothing else. */
  readonly ascii: boolean | null;
  /** For the background of the terminal: `dark`, `light`, `none`, or NAME for the colours of `NAME.theme.json` beside the settings. */
  readonly theme: string;
  /** Keys of one's own, by screen and action, as they were written: the console checks them. */
  readonly keys: unknown;
  /** How the list is sorted. */
  readonly sort: { readonly by: string; readonly isReversed: boolean };
  /** Columns of the list that are not shown. */
  readonly hidden: readonly string[];
  /** Whether the console takes the mouse; the terminal's own selecting then needs Shift. */
  readonly mouse: boolean;
  /** What is done when something is given up: nothing, the terminal's bell, or a message by OSC 9. */
  readonly bell: 'off' | 'bell' | 'osc9';
}

export const usualSettings: ConsoleSettings = {
  language: null,
  ascii: null,
  theme: 'dark',
  keys: null,
  sort: { by: 'profile', isReversed: false },
  hidden: [],
  mouse: true,
  bell: 'off',
};

/** Where `console.json` lies: beside the user's profiles. */
export function settingsFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { PROCSAVER_HOME: own, XDG_CONFIG_HOME: configuration, HOME: home } = environment;
  if (own) return resolve(own);
  if (process.platform === 'win32')
    return join(environment['APPDATA'] || join(homedir(), 'AppData/Roaming'), 'procsaver');
  return join(configuration || join(home || homedir(), '.config'), 'procsaver');
}

/** Reads the settings; what is missing or makes no sense is as usual. A file that cannot be read never keeps the console from opening. */
export function readConsoleSettings(folder: string): ConsoleSettings {
  try {
    const store = open(folder).store;
    return {
      language: store['language'] === 'en' || store['language'] === 'ja' ? store['language'] : usualSettings.language,
      ascii: typeof store['ascii'] === 'boolean' ? store['ascii'] : usualSettings.ascii,
      theme: typeof store['theme'] === 'string' ? store['theme'] : usualSettings.theme,
      keys: store['keys'] ?? usualSettings.keys,
      sort: sortOf(store['sort']),
      hidden: wordsOf(store['hidden']),
      mouse: typeof store['mouse'] === 'boolean' ? store['mouse'] : usualSettings.mouse,
      bell: store['bell'] === 'bell' || store['bell'] === 'osc9' ? store['bell'] : usualSettings.bell,
    };
  } catch {
    return usualSettings;
  }
}

/** What the file of a theme holds; null: there is none, or nothing that could be read. */
export function readThemeFile(folder: string, name: string): unknown {
  // A name, not a way to other files.
  if (!/^[\w-]+$/.test(name)) return null;
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.theme.json`), 'utf8'));
  } catch {
    return null;
  }
}

export function writeConsoleSettings(folder: string, change: Partial<ConsoleSettings>): void {
  open(folder).set(change);
}

function sortOf(value: unknown): ConsoleSettings['sort'] {
  if (typeof value !== 'object' || value === null || !('by' in value) || typeof value.by !== 'string')
    return usualSettings.sort;
  return { by: value.by, isReversed: 'isReversed' in value && value.isReversed === true };
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : usualSettings.hidden;
}

function open(folder: string): Conf<Record<string, unknown>> {
  return new Conf<Record<string, unknown>>({ cwd: folder, configName: 'console', projectName: 'procsaver' });
}
