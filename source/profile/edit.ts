import { isAlias, isScalar, parseDocument } from 'yaml';
import { flowText, literally, type Manner, textLike } from './edit/flow-text.ts';
import { type Plain, valueIn, withAlternative } from './edit/plain.ts';
import {
  applySplice,
  insertPair,
  isOwnMap,
  ownPair,
  type ProfileMap,
  type ProfilePair,
  replacePair,
  replaceValue,
  type Splice,
} from './edit/splice.ts';
import { alternatives } from './fields.ts';
import { type System, systems } from './paths.ts';
import { unheard } from './problem.ts';
import type { WrittenValue } from './profile.ts';
import { isSame } from './same.ts';
import { sourceTree } from './source-tree.ts';
import { entryAt, plainOf, type Tree } from './tree.ts';

/** A value that a process of the profile is to have from now on. */
export interface ProfileEdit {
  readonly group: string;
  readonly process: string;
  /** `restart.limit` */
  readonly field: string;
  readonly value: WrittenValue;
}

export type EditResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Writes values into the text of a profile and leaves every other character as it is: comments, order, quotes, line ends.
 * A value goes to the process even where it came from `defaults`. What was written is read again and compared,
 * so that no profile is spoilt, and no other process changed through an anchor.
 */
export function editProfile(text: string, edits: readonly ProfileEdit[], system: System = 'linux'): EditResult {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let edited = text.slice(mark.length);
  for (const edit of edits) {
    const result = editOne(edited, edit, system);
    if (!result.ok) return result;
    edited = result.text;
  }
  return { ok: true, text: mark + edited };
}

function editOne(text: string, edit: ProfileEdit, system: System): EditResult {
  const name = `${edit.group}/${edit.process}`;
  const failed = (why: string): EditResult => ({
    ok: false,
    problem: `${name} ${edit.field} cannot be written into the profile: ${why}`,
  });
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const before = sourceTree('', text, unheard).tree;
  if (document.errors.length > 0 || before === null) return failed('its text is no longer sound YAML');
  const found = findProcess(document.contents, edit);
  if (found === null) return failed('it does not stand in this file');
  const path = ['groups', edit.group, 'processes', edit.process];
  const block = blockOf(before, path, edit.field, system);
  const manner: Manner = {
    isJson:
      isScalar(found.key) &&
      found.key.type === 'QUOTE_DOUBLE' &&
      document.contents !== null &&
      isFlow(document.contents),
  };
  const value = literally(edit.value);
  const inside = [...(block === null ? [] : [block]), ...edit.field.split('.')];
  const splice = spliceAt(text, found, inside, value, { before, path, field: edit.field, manner });
  if (splice === null) return failed('what stands there is not a map');
  const after = applySplice(text, splice);
  const expected = withAlternative(plainOf(before), [...path, ...(block === null ? [] : [block])], edit.field, value);
  const read = sourceTree('', after, unheard).tree;
  if (read === null || !isSame(plainOf(read), expected)) {
    return failed('an anchor or a block carries the value to other places too; change it by hand');
  }
  return { ok: true, text: after };
}

interface Where {
  readonly before: Tree;
  /** Of the map that is gone into. */
  readonly path: readonly string[];
  readonly field: string;
  readonly manner: Manner;
}

/** Goes down the keys that are written, and writes at the first that is not. */
function spliceAt(
  text: string,
  pair: ProfilePair,
  keys: readonly string[],
  value: WrittenValue,
  where: Where,
): Splice | null {
  const { manner } = where;
  const [key, ...rest] = keys;
  if (key === undefined) return replaceValue(text, pair, textLike(pair.value, value, manner));
  const map = pair.value;
  if (isOwnMap(map)) {
    const inner = ownPair(map, key);
    if (inner !== undefined) return spliceAt(text, inner, rest, value, { ...where, path: [...where.path, key] });
    const other = otherWay(map, where.field, rest);
    if (other !== undefined) return replacePair(text, other, key, flowText(value, manner), manner);
    return insertPair(text, map, key, flowText(inherited(where, key, rest, value), manner), manner);
  }
  const isNothing = map === null || (isScalar(map) && map.value === null);
  if (!isNothing && !isAlias(map)) return null;
  if (isAlias(map) && where.path.length === 4) {
    // A process that is nothing but an alias keeps following it.
    const own = `${flowText(key, manner)}: ${flowText(inherited(where, key, rest, value), manner)}`;
    return replaceValue(text, pair, `{ <<: *${map.source}, ${own} }`);
  }
  const whole = valueIn(plainOf(where.before), where.path);
  return replaceValue(text, pair, flowText(withAlternative(whole ?? {}, [], keys.join('.'), value), manner));
}

/** A map under a merge key replaces the whole map of that name, so what it said already is written out beside the new value. */
function inherited(where: Where, key: string, rest: readonly string[], value: WrittenValue): WrittenValue {
  if (rest.length === 0) return value;
  const before = valueIn(plainOf(where.before), [...where.path, key]);
  const changed = withAlternative({ [key]: before ?? {} }, [], [key, ...rest].join('.'), value) as Plain;
  return changed[key] as WrittenValue;
}

/** The pair of another way to be ready, whose place the new one takes. */
function otherWay(map: ProfileMap, field: string, rest: readonly string[]): ProfilePair | undefined {
  const ways = rest.length === 0 ? (alternatives.find((paths) => paths.includes(field)) ?? []) : [];
  return ways.map((path) => ownPair(map, path.split('.').at(-1) as string)).find((pair) => pair !== undefined);
}

/** The block for this system, when it says the field already and would hide the new value. */
function blockOf(before: Tree, path: readonly string[], field: string, system: System): System | null {
  const ways = alternatives.find((paths) => paths.includes(field)) ?? [field];
  const process = path.reduce<Tree | undefined>(
    (at, key) => (at?.is === 'map' ? at.entries.get(key)?.value : undefined),
    before,
  );
  if (process === undefined) return null;
  return (
    systems.find((name) => name === system && ways.some((way) => entryAt(process, `${name}.${way}`) !== undefined)) ??
    null
  );
}

function findProcess(contents: unknown, edit: ProfileEdit): ProfilePair | null {
  let at: unknown = contents;
  let pair: ProfilePair | undefined;
  for (const key of ['groups', edit.group, 'processes', edit.process]) {
    pair = isOwnMap(at) ? ownPair(at, key) : undefined;
    at = pair?.value;
  }
  return pair ?? null;
}

function isFlow(node: unknown): boolean {
  return isOwnMap(node) && node.flow === true;
}
