import type { Language } from '../../notices/notice.ts';
import {
  type ConsoleSettings,
  readConsoleSettings,
  readThemeFile,
  settingsFolder,
  writeConsoleSettings,
} from '../../settings/console-settings.ts';
import { choosable } from '../columns.ts';
import type { UserCommand } from '../command.ts';
import type { Message } from '../message.ts';
import { readOwnKeys } from '../own-keys.ts';
import { type ReadTheme, readTheme } from '../own-theme.ts';
import { AS_IN_PROFILE, isSortName } from '../rows/sorting.ts';
import type { Start } from '../start-model.ts';
import { say } from '../words/text.ts';
import type { Mouse } from './mouse.ts';
import { bellSign, clipboardSign } from './signs.ts';
import { abilitiesOf, colourDepthOf } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type Liked = Required<Pick<Start, 'ascii' | 'theme' | 'keys' | 'sort' | 'hidden' | 'bell' | 'bottomLine'>>;

/** What the command line and the locale say. */
export interface Spoken {
  readonly language: Language;
  /** It was asked for by `--lang`. */
  readonly isAsked: boolean;
}

export interface Preferences {
  readonly language: Language;
  /** What the model begins with. */
  readonly start: Liked;
  readonly mouse: boolean;
  readonly themeOf: (name: string) => ReadTheme;
  readonly remember: (change: Partial<Omit<ConsoleSettings, 'keys'>>) => void;
}

/** What the user of this console likes, in what the terminal can show; whatever is wrong with it is said once. */
export function readPreferences(environment: Environment, platform: string, spoken: Spoken): Preferences {
  const folder = settingsFolder(environment);
  const settings = readConsoleSettings(folder);
  const language = spoken.isAsked ? spoken.language : (settings.language ?? spoken.language);
  const depth = colourDepthOf(environment, platform);
  const themeOf = (name: string): ReadTheme => readTheme(name, readThemeFile(folder, name), depth, language);
  const { theme, problem } = themeOf(settings.theme);
  const { keys, problems } = readOwnKeys(settings.keys, language);
  const { by, isReversed } = settings.sort;
  return {
    language,
    start: {
      ascii: settings.ascii ?? !abilitiesOf(environment, platform).hasUnicode,
      theme,
      keys,
      sort: isSortName(by) ? { by, isReversed } : AS_IN_PROFILE,
      hidden: choosable.filter((name) => settings.hidden.includes(name)),
      bell: settings.bell,
      bottomLine: lineOf(problem === null ? problems : [...problems, problem], language),
    },
    mouse: settings.mouse && environment['TERM'] !== 'dumb',
    themeOf,
    remember: (change) => writeConsoleSettings(folder, change),
  };
}

function lineOf([first, ...more]: readonly string[], language: Language): Liked['bottomLine'] {
  if (first === undefined) return null;
  const text = more.length === 0 ? first : say({ language }, 'keys-problems', { first, count: more.length });
  return { kind: 'problem', text };
}

export interface UserShell {
  readonly preferences: Preferences;
  readonly mouse: Mouse;
  readonly write: (text: string) => void;
  readonly dispatch: (message: Message) => void;
}

/** What concerns nobody but whoever sits here. */
export function performForUser(command: UserCommand, { preferences, mouse, write, dispatch }: UserShell): void {
  switch (command.is) {
    case 'copy':
      return write(clipboardSign(command.text));
    case 'ring':
      return write(bellSign(command.how, command.text));
    case 'turn-mouse':
      return mouse.turn(command.isOn);
    case 'use-theme':
      return dispatch({ is: 'themed', ...preferences.themeOf(command.name) });
    case 'remember':
      try {
        preferences.remember(command.change);
      } catch (error) {
        dispatch({ is: 'failed', problem: say(preferences, 'not-remembered', { reason: String(error) }) });
      }
  }
}
