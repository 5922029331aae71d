import type { Language } from '../notices/notice.ts';
import { closest } from '../profile/suggestion.ts';
import type { ActionName } from './actions.ts';
import { actOf, type DialogName, dialogKeys, takesText } from './dialog-keys.ts';
import { graphemes } from './format/width.ts';
import { type Binding, keymap, type ScreenName } from './keymap.ts';
import type { OwnKeys } from './model.ts';
import { keyName } from './theme.ts';
import { say } from './words/text.ts';

export const NO_OWN_KEYS: OwnKeys = {};

/** Names of keys that print nothing, as shell/keys.ts gives them. */
const NAMED = ['enter', 'escape', 'up', 'down', 'left', 'right', 'page-up', 'page-down', 'home', 'end', 'tab'];
/** These always mean the same, so that nobody can lock himself in. */
const FIXED: readonly string[] = ['ctrl-c', 'ctrl-z'];

const made = new WeakMap<OwnKeys, Map<ScreenName, readonly Binding[]>>();

/** The table of a screen as its user has it. */
export function bindingsOf({ keys }: { readonly keys: OwnKeys }, screen: ScreenName): readonly Binding[] {
  const ofScreens = made.get(keys) ?? new Map<ScreenName, readonly Binding[]>();
  made.set(keys, ofScreens);
  const known = ofScreens.get(screen);
  if (known !== undefined) return known;
  const own = keys[screen] ?? {};
  const bindings = keymap[screen].map((binding: Binding) => ({
    ...binding,
    keys: own[binding.action] ?? binding.keys,
  }));
  ofScreens.set(screen, bindings);
  return bindings;
}

export function actionOf(model: { readonly keys: OwnKeys }, screen: ScreenName, key: string): ActionName | undefined {
  return bindingsOf(model, screen).find(({ keys }) => keys.includes(key))?.action;
}

/** One line of any table, of a screen's or of a dialog's. */
interface Line {
  readonly action: string;
  readonly keys: readonly string[];
}

const tables: Readonly<Record<string, readonly Line[]>> = {
  ...keymap,
  ...Object.fromEntries(
    Object.entries(dialogKeys).map(([name, lines]) => [
      name,
      lines.map(([keys, text]) => ({ action: actOf(text), keys })),
    ]),
  ),
};

interface Read {
  readonly keys: OwnKeys;
  /** What cannot be as it was written; there the table's keys stay. */
  readonly problems: readonly string[];
}

/** The settings' `keys`, checked: whatever is wrong with one of them costs the others nothing. */
export function readOwnKeys(written: unknown, language: Language): Read {
  const reader = { language };
  const problems: string[] = [];
  const keys: Record<string, Record<string, readonly string[]>> = {};
  if (written === null || written === undefined) return { keys: NO_OWN_KEYS, problems };
  if (!isRecord(written)) return { keys: NO_OWN_KEYS, problems: [say(reader, 'keys-form', { where: 'keys' })] };
  for (const [screen, actions] of Object.entries(written)) {
    const screens = Object.keys(tables);
    if (!screens.includes(screen)) {
      problems.push(say(reader, 'keys-screen', { screen, near: closest(screen, screens) ?? screens.join(', ') }));
    } else if (!isRecord(actions)) problems.push(say(reader, 'keys-form', { where: `keys.${screen}` }));
    else keys[screen] = ownOf(screen, actions, reader, problems);
  }
  return { keys, problems };
}

function ownOf(
  screen: string,
  written: Readonly<Record<string, unknown>>,
  reader: { readonly language: Language },
  problems: string[],
): Record<string, readonly string[]> {
  const own: Record<string, readonly string[]> = {};
  const lines = tables[screen] ?? [];
  const names = lines.map(({ action }) => action);
  for (const [action, keys] of Object.entries(written)) {
    const where = `keys.${screen}.${action}`;
    if (!names.includes(action)) {
      const near = closest(action, names);
      problems.push(say(reader, 'keys-action', { where, near: near === null ? '' : ` (${near}?)` }));
    } else if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string'))
      problems.push(say(reader, 'keys-form', { where }));
    else {
      const usual = lines.find((line) => line.action === action)?.keys ?? [];
      const unknown = keys.find((key) => !isKey(key));
      const letter = isText(screen) ? keys.find((key) => graphemes(key).length === 1) : undefined;
      if (unknown !== undefined) problems.push(say(reader, 'keys-key', { where, key: unknown }));
      else if (letter !== undefined) problems.push(say(reader, 'keys-text', { where, key: letter }));
      // One for each way.
      else if (isDialog(screen) && usual.length > 1 && keys.length !== usual.length)
        problems.push(say(reader, 'keys-count', { where, count: usual.length }));
      else own[action] = keys;
    }
  }
  dropConflicts(lines, screen, own, reader, problems);
  return own;
}

/** Two that swap their keys are none; who takes the key of one that keeps it is, and has the table's key again. */
function dropConflicts(
  lines: readonly Line[],
  screen: string,
  own: Record<string, readonly string[]>,
  reader: { readonly language: Language },
  problems: string[],
): void {
  const holder = (key: string, but: string): string | undefined =>
    lines.find(({ action, keys }) => action !== but && (own[action] ?? keys).includes(key))?.action;
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [action, keys] of Object.entries(own)) {
      const key = keys.find((one) => FIXED.includes(one) || holder(one, action) !== undefined);
      if (key === undefined) continue;
      const other = holder(key, action) ?? key;
      problems.push(
        say(reader, 'keys-conflict', { where: `keys.${screen}.${action}`, key: keyName(key, true), other }),
      );
      delete own[action];
      isChanged = true;
    }
  }
}

function isDialog(screen: string): screen is DialogName {
  return Object.hasOwn(dialogKeys, screen);
}

function isText(screen: string): boolean {
  return isDialog(screen) && takesText(screen);
}

function isKey(key: string): boolean {
  return NAMED.includes(key) || /^ctrl-[a-z]$/.test(key) || (Array.from(key).length === 1 && key >= ' ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
