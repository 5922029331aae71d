import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import Conf from 'conf';

/** What a user of the console likes. Never anything about profiles or the engine. */
export interface ConsoleSettings {
  /** Null: as the locale says. */
  readonly language: 'en' | 'ja' | null;
  /** Null: ASCII only where the terminal has nothing else. */
  readonly ascii: boolean | null;
  /** For the background of the terminal. */
  readonly theme: 'dark' | 'light';
}

export const usualSettings: ConsoleSettings = { language: null, ascii: null, theme: 'dark' };

/** Where `console.json` lies: beside the user's profiles. */
export function settingsFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { PROCSAVER_HOME: own, XDG_CONFIG_HOME: configuration, HOME: home } = environment;
  if (own) return resolve(own);
  return join(configuration || join(home || homedir(), '.config'), 'procsaver');
}

/** Reads the settings; what is missing or makes no sense is as usual. A file that cannot be read never keeps the console from opening. */
export function readConsoleSettings(folder: string): ConsoleSettings {
  try {
    const store = open(folder).store;
    return {
      language: store['language'] === 'en' || store['language'] === 'ja' ? store['language'] : usualSettings.language,
      ascii: typeof store['ascii'] === 'boolean' ? store['ascii'] : usualSettings.ascii,
      theme: store['theme'] === 'light' || store['theme'] === 'dark' ? store['theme'] : usualSettings.theme,
    };
  } catch {
    return usualSettings;
  }
}

export function writeConsoleSettings(folder: string, change: Partial<ConsoleSettings>): void {
  open(folder).set(change);
}

function open(folder: string): Conf<Record<string, unknown>> {
  return new Conf<Record<string, unknown>>({ cwd: folder, configName: 'console', projectName: 'procsaver' });
}
