import { type DialogKey, type DialogName, dialogKeys, dialogKeysOf } from '../dialog-keys.ts';
import { type Binding, keymap, type ScreenName } from '../keymap.ts';
import type { OwnKeys } from '../model.ts';
import { bindingsOf } from '../own-keys.ts';
import { type VerbName, verbs } from '../prompt/verbs.ts';
import type { Condition } from '../theme.ts';
import type { TextKey } from '../words/text.ts';

/** One line of the help screen. */
export type HelpEntry =
  | { readonly is: 'binding'; readonly binding: Binding }
  | { readonly is: 'dialog'; readonly dialog: DialogName; readonly keys: readonly DialogKey[] }
  | { readonly is: 'verb'; readonly verb: VerbName }
  | { readonly is: 'sign'; readonly sign: Condition | 'paused'; readonly words: readonly TextKey[] };

export interface HelpSection {
  readonly heading: TextKey;
  readonly entries: readonly HelpEntry[];
}

const SIGNS: readonly HelpEntry[] = [
  { is: 'sign', sign: 'running', words: ['running'] },
  { is: 'sign', sign: 'busy', words: ['starting', 'waiting', 'stopping'] },
  { is: 'sign', sign: 'backoff', words: ['backoff-now'] },
  { is: 'sign', sign: 'stalled', words: ['stalled'] },
  { is: 'sign', sign: 'fatal', words: ['fatal'] },
  { is: 'sign', sign: 'stopped', words: ['stopped', 'exited'] },
  { is: 'sign', sign: 'paused', words: ['paused'] },
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
  ].filter(({ entries }) => entries.length > 0) as readonly HelpSection[];
}
