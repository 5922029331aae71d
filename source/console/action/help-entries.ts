import { type Binding, keymap, type ScreenName } from '../keymap.ts';
import type { Condition } from '../theme.ts';
import type { TextKey } from '../words/text.ts';

/** One line of the help screen. */
export type HelpEntry =
  | { readonly is: 'heading'; readonly text: TextKey }
  | { readonly is: 'binding'; readonly binding: Binding }
  | { readonly is: 'sign'; readonly sign: Condition | 'paused'; readonly words: readonly TextKey[] }
  | { readonly is: 'space' };

const HEADINGS: Readonly<Record<ScreenName, TextKey>> = {
  list: 'help-list',
  details: 'help-details',
  parameters: 'help-parameters',
};

const SIGNS: readonly HelpEntry[] = [
  { is: 'sign', sign: 'running', words: ['running'] },
  { is: 'sign', sign: 'busy', words: ['starting', 'waiting', 'stopping'] },
  { is: 'sign', sign: 'backoff', words: ['backoff-now'] },
  { is: 'sign', sign: 'stalled', words: ['stalled'] },
  { is: 'sign', sign: 'fatal', words: ['fatal'] },
  { is: 'sign', sign: 'stopped', words: ['stopped', 'exited'] },
  { is: 'sign', sign: 'paused', words: ['paused'] },
];

/** The keys of this screen, then those that only the other screens have, then what the signs mean. */
export function helpEntries(screen: ScreenName): readonly HelpEntry[] {
  const shown = new Set<string>();
  const screens = [screen, ...(Object.keys(keymap) as ScreenName[]).filter((other) => other !== screen)];
  const sections = screens.flatMap((name): HelpEntry[] => {
    const bindings = (keymap[name] as readonly Binding[]).filter(({ action }) => !shown.has(action));
    for (const { action } of bindings) shown.add(action);
    if (bindings.length === 0) return [];
    const lines = bindings.map((binding): HelpEntry => ({ is: 'binding', binding }));
    return [{ is: 'heading', text: HEADINGS[name] }, ...lines, { is: 'space' }];
  });
  return [...sections, { is: 'heading', text: 'help-marks' }, ...SIGNS];
}
