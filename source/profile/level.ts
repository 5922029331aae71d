import { checkFields } from './check.ts';
import { type Environment, expandTree, withoutReferences } from './expand.ts';
import { type Kind, kinds } from './field.ts';
import { alternatives, processTable } from './fields.ts';
import { type System, systems } from './paths.ts';
import { quoted, type Report } from './problem.ts';
import { describe, type Entry, emptyMap, entryAt, isEmpty, type MapTree, mergeTrees, without } from './tree.ts';

/** One map of process fields as written: a process, or `defaults`. */
export interface Level {
  /** All but the blocks for systems, references expanded. */
  readonly common: MapTree;
  /** The blocks `linux:` and `windows:`; the one for the other system only as far as it can be checked here. */
  readonly blocks: readonly { readonly system: System; readonly map: MapTree; readonly applies: boolean }[];
}

/** Parts a map of process fields into what holds everywhere and what holds on one system. */
export function levelOf(map: MapTree, system: System, environment: Environment, report: Report): Level {
  const blocks = systems.flatMap((name) => {
    const entry = map.entries.get(name);
    if (entry === undefined || isEmpty(entry.value)) return [];
    if (entry.value.is !== 'map') {
      report(entry.value.place, {
        what: `${describe(entry.value)} is not a map`,
        expected: 'a map of fields of a process',
        hint: '',
      });
      return [];
    }
    const applies = name === system;
    const block = applies ? (expandTree(entry.value, environment, report) as MapTree) : withoutReferences(entry.value);
    return [{ system: name, map: block, applies }];
  });
  const bare = systems.reduce<MapTree>(without, map);
  return { common: expandTree(bare, environment, report) as MapTree, blocks };
}

/** What the level says on this system. */
export function nearestOf(level: Level): MapTree {
  return level.blocks.filter((block) => block.applies).reduce((sum, block) => overlay(sum, block.map), level.common);
}

/** Reports all that is wrong inside one level. The kind is null in `defaults`, where fields of every kind may stand. */
export function checkLevel(level: Level, kind: Kind | null, system: System, report: Report): void {
  const scope = { table: processTable, others: systems, kind: soleKind(level.common, kind), system };
  checkFields(level.common, scope, report);
  checkAlternatives(level.common, kind, report);
  for (const { map, system } of level.blocks) {
    checkFields(map, { table: processTable, others: [], kind: soleKind(map, kind), system }, report);
    checkAlternatives(map, kind, report);
  }
}

/** Lays the nearer fields over the farther ones. */
export function overlay(far: MapTree, near: MapTree): MapTree {
  const replaced = alternatives
    .filter((paths) => paths.some((path) => entryAt(near, path) !== undefined))
    .flatMap((paths) => paths.filter((path) => entryAt(near, path) === undefined));
  return mergeTrees(replaced.reduce(without, far), near) as MapTree;
}

/** Fields that this kind of process does not have are passed over in `defaults`. */
export function fieldsFor(kind: Kind, defaults: MapTree): MapTree {
  const foreign = Object.keys(processTable).filter((path) => !processTable[path]?.kinds.includes(kind));
  return foreign.reduce(without, defaults);
}

/** The kind that a map of fields says it is of, or null. */
export function kindOf(map: MapTree): Kind | null {
  return kinds.find((kind) => map.entries.has(kind)) ?? null;
}

/** Where several kinds are written there is one mistake, not one a field. */
function soleKind(map: MapTree, kind: Kind | null): Kind | null {
  if (kind === null || kinds.filter((name) => map.entries.has(name)).length > 1) return null;
  return kindOf(map) ?? kind;
}

function checkAlternatives(map: MapTree, kind: Kind | null, report: Report): void {
  for (const paths of alternatives) {
    const written = paths.flatMap((path): [string, Entry][] => {
      const entry = entryAt(map, path);
      return entry === undefined ? [] : [[path.split('.').at(-1) as string, entry]];
    });
    // The order of the file, so that the second one is reported and not the first.
    const [first, second] = written.toSorted(([, a], [, b]) => a.key.line - b.key.line || a.key.column - b.key.column);
    // In `defaults` every kind of process may be prepared for.
    if (first === undefined || second === undefined || (kind === null && paths === kinds)) continue;
    report(second[1].key, {
      what: `${quoted(second[0])} stands beside ${quoted(first[0])}`,
      expected: `one of ${paths.map((path) => path.split('.').at(-1)).join(', ')}`,
      hint: `take out ${quoted(first[0])} or ${quoted(second[0])}`,
    });
  }
}

export const noFields: MapTree = emptyMap({ file: '', line: 1, column: 1, path: '' });
