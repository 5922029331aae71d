import { type DialogKey, type DialogName, dialogKeys, dialogKeysOf } from '../dialog-keys.ts';
import { type Binding, keymap, type ScreenName } from '../keymap.ts';
import type { OwnKeys } from '../model.ts';
import { bindingsOf } from '../own-keys.ts';
import { type VerbName, verbs } from '../prompt/verbs.ts';
import type { Condition, GlyphName, Tone } from '../theme.ts';
import type { TextKey } from '../words/text.ts';

/** One line of the help screen. */
export type HelpEntry =
  | { readonly is: 'binding'; readonly binding: Binding }
  | { readonly is: 'dialog'; readonly dialog: DialogName; readonly keys: readonly DialogKey[] }
  | { readonly is: 'verb'; readonly verb: VerbName }
  | { readonly is: 'sign'; readonly sign: GlyphName; readonly tone: Tone; readonly words: readonly TextKey[] }
  /** A word of the screens, and what it means. */
  | { readonly is: 'word'; readonly word: TextKey; readonly means: TextKey };

export interface HelpSection {
  readonly heading: TextKey;
  readonly entries: readonly HelpEntry[];
}

const state = (sign: Condition | 'paused', ...words: TextKey[]): HelpEntry => ({ is: 'sign', sign, tone: sign, words });
const word = (name: TextKey, means: TextKey): HelpEntry => ({ is: 'word', word: name, means });

const SIGNS: readonly HelpEntry[] = [
  state('running', 'running'),
  state('busy', 'starting', 'waiting', 'stopping'),
  state('backoff', 'backoff-now'),
  state('stalled', 'stalled'),
  state('fatal', 'fatal'),
  state('stopped', 'stopped', 'exited'),
  state('paused', 'paused'),
  { is: 'sign', sign: 'mark', tone: 'accent', words: ['means-mark'] },
];

const GROUP_WORDS: readonly HelpEntry[] = [
  word('up', 'means-up'),
  word('degraded', 'means-degraded'),
  word('recovering', 'means-recovering'),
  word('down', 'means-down'),
  word('group-fatal', 'means-fatal'),
];

/** As the list names them. */
const STALL_RULES: readonly HelpEntry[] = [
  word('heartbeat', 'means-heartbeat'),
  word('rule-output', 'means-output'),
  word('cpu', 'means-cpu'),
  word('spinning', 'means-spinning'),
  word('blocked', 'means-blocked'),
  word('window', 'means-window'),
  word('probe', 'means-probe'),
];

/** The keys of this screen, then what the other screens have beyond it, dialogs, words of the command line, signs. */
export function helpSections(screen: ScreenName, own: { readonly keys: OwnKeys }): readonly HelpSection[] {
  const shown = new Set<string>();
  const isNew = (line: string): boolean => !shown.has(line) && shown.add(line) !== undefined;
  const screens = [screen, ...(Object.keys(keymap) as ScreenName[]).filter((other) => other !== screen)];
  const ofScreens = screens.map((name): HelpSection => {
    const bindings = bindingsOf(own, name).filter(({ action, keys }) => isNew(`${action} ${keys.join(' ')}`));
    return { heading: `help-${name}`, entries: bindings.map((binding) => ({ is: 'binding', binding })) };
  });
  const ofDialogs = (Object.keys(dialogKeys) as DialogName[]).map(
    (dialog): HelpEntry => ({ is: 'dialog', dialog, keys: dialogKeysOf(own, dialog) }),
  );
  const words = (Object.keys(verbs) as VerbName[]).map((verb): HelpEntry => ({ is: 'verb', verb }));
  return [
    ...ofScreens,
    { heading: 'help-dialogs', entries: ofDialogs },
    { heading: 'help-words', entries: words },
    { heading: 'help-marks', entries: SIGNS },
    { heading: 'help-groups', entries: GROUP_WORDS },
    { heading: 'help-rules', entries: STALL_RULES },
  ].filter(({ entries }) => entries.length > 0) as readonly HelpSection[];
}
