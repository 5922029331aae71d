import type { Dialog, Model, OwnKeys } from './model.ts';
import type { TextKey } from './words/text.ts';

export type DialogName = Dialog['is'] | 'edit';

/** Where there are two keys, one leads back and one on. */
export type DialogKey = readonly [keys: readonly string[], text: TextKey];

const moving: readonly DialogKey[] = [
  [['up', 'down'], 'key-scroll'],
  [['home', 'end'], 'key-ends'],
];

const reading: readonly DialogKey[] = [...moving, [['?'], 'key-help'], [['escape'], 'key-back']];

/** The keys that a dialog takes, and those of a value that is typed (`edit`). The bottom bar is drawn from it. */
export const dialogKeys: Readonly<Record<DialogName, readonly DialogKey[]>> = {
  pause: [
    [['enter'], 'key-pause'],
    [['left', 'right'], 'key-how-long'],
    [['escape'], 'key-leave-it'],
  ],
  confirm: [
    [['y'], 'key-do-it'],
    [['n'], 'key-leave-it'],
  ],
  quit: [
    [['up', 'down'], 'key-choose'],
    [['enter'], 'key-take-it'],
    [['escape'], 'key-stay'],
  ],
  help: [[['/'], 'key-find'], ...moving, [['escape'], 'key-back']],
  why: reading,
  problems: reading,
  write: [[['y'], 'key-write'], ...moving, [['?'], 'key-help'], [['escape'], 'key-leave-it']],
  sort: [
    [['left', 'right'], 'key-choose'],
    [[' '], 'key-reverse'],
    [['enter'], 'key-take-it'],
    [['escape'], 'key-leave-it'],
  ],
  columns: [
    [['left', 'right'], 'key-choose'],
    [[' '], 'key-toggle'],
    [['enter'], 'key-take-it'],
    [['escape'], 'key-leave-it'],
  ],
  prompt: [
    [['enter'], 'key-do-it'],
    [['tab'], 'key-complete'],
    [['up'], 'key-history'],
    [['escape'], 'key-leave-it'],
  ],
  filter: [
    [['enter'], 'key-take-it'],
    [['escape'], 'key-leave-it'],
  ],
  edit: [
    [['enter'], 'key-apply'],
    [['ctrl-u'], 'key-empty'],
    [['escape'], 'key-leave-it'],
  ],
};

/** There letters are text, and no keys. */
const TYPED: readonly DialogName[] = ['pause', 'prompt', 'filter', 'edit'];

export function takesText(dialog: DialogName): boolean {
  return TYPED.includes(dialog);
}

/** What a key of a dialog does, by the name that settings have for it: `do-it`. */
export function actOf(text: TextKey): string {
  return text.replace(/^key-/, '');
}

/** What takes the keys over the screen now; null: the screen itself does. */
export function dialogOf({ dialog, screen }: Pick<Model, 'dialog' | 'screen'>): DialogName | null {
  if (dialog !== null) return dialog.is;
  return screen.is === 'parameters' && screen.edit !== null ? 'edit' : null;
}

/** The table of a dialog as its user has it. */
export function dialogKeysOf({ keys: own }: { readonly keys: OwnKeys }, dialog: DialogName): readonly DialogKey[] {
  return dialogKeys[dialog].map(([keys, text]) => [own[dialog]?.[actOf(text)] ?? keys, text]);
}

/**
 * The table's key in the place of the one that its user has for it; null: that key means nothing any more. Esc always
 * leaves a dialog, so that nobody can lock himself in.
 */
export function usualKey({ keys: own }: { readonly keys: OwnKeys }, dialog: DialogName, key: string): string | null {
  const ofDialog = own[dialog];
  if (ofDialog === undefined || key === 'escape') return key;
  for (const [keys, text] of dialogKeys[dialog]) {
    const at = ofDialog[actOf(text)]?.indexOf(key) ?? -1;
    if (at >= 0) return keys[at] ?? keys[0] ?? null;
  }
  const isReplaced = dialogKeys[dialog].some(
    ([keys, text]) => ofDialog[actOf(text)] !== undefined && keys.includes(key),
  );
  return isReplaced ? null : key;
}
