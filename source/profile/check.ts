import type { FieldTable, Kind } from './field.ts';
import { topicOf } from './foreign-words.ts';
import type { System } from './paths.ts';
import { joinPath, quoted, type Report } from './problem.ts';
import { closest } from './suggestion.ts';
import { describe, type Entry, isEmpty, type MapTree, type Tree } from './tree.ts';
import { signalTrouble } from './type/signal.ts';

/** What may stand in a map. */
export interface Scope {
  readonly table: FieldTable;
  /** Keys that are allowed and checked by somebody else: `processes`, `linux`. */
  readonly others: readonly string[];
  /** Null where the kind is not known, as in `defaults`: then fields of every kind may stand there. */
  readonly kind: Kind | null;
  /** The system on which these fields hold. */
  readonly system: System;
}

/** Checks the keys and the values of a map against the table and reports all that is wrong in it. */
export function checkFields(map: MapTree, scope: Scope, report: Report): void {
  checkSection(map, '', scope, report);
}

function checkSection(map: MapTree, section: string, scope: Scope, report: Report): void {
  for (const [key, entry] of map.entries) {
    if (section === '' && scope.others.includes(key)) continue;
    const path = joinPath(section, key);
    const field = Object.hasOwn(scope.table, path) ? scope.table[path] : undefined;
    if (field !== undefined) {
      if (scope.kind !== null && !field.kinds.includes(scope.kind))
        report(entry.key, wrongKind(path, scope.kind, field.kinds));
      else if (!field.systems.includes(scope.system)) report(entry.key, wrongSystem(path, field.systems));
      else checkValue(field.type.read(entry.value, report), path, entry, scope.system, report);
    } else if (isSection(path, scope.table)) {
      checkSubsection(entry, path, scope, report);
    } else {
      report(entry.key, unknownKey(key, section, scope));
    }
  }
}

/** **The table** of fields some values of which mean something on one system only. */
export const valueTroubles: Readonly<
  Record<string, (value: string, system: System) => { readonly what: string; readonly hint: string } | null>
> = { 'stop.signal': signalTrouble };

function checkValue(value: unknown, path: string, entry: Entry, system: System, report: Report): void {
  const trouble = value === undefined ? null : valueTroubles[path]?.(String(value), system);
  if (trouble) report(entry.value.place, { ...trouble, expected: '' });
}

function checkSubsection(entry: Entry, path: string, scope: Scope, report: Report): void {
  if (entry.value.is === 'map') {
    checkSection(entry.value, path, scope, report);
  } else if (!isEmpty(entry.value)) {
    const keys = keysOf(path, scope);
    report(entry.value.place, {
      what: `${describe(entry.value)} is not a map`,
      expected: `a map with ${listed(keys)}`,
      hint:
        (isOff(entry.value) ? whereOff[path] : undefined) ??
        `write ${quoted(`${path.split('.').at(-1)}: { ${keys[0]}: ... }`)}`,
    });
  }
}

/** A whole map is not switched off: one of its fields is. */
const whereOff: Readonly<Record<string, string>> = {
  stall: 'write `off` at each rule, such as `heartbeat: off` or `probe: { interval: off }`',
  'stall.probe': 'write `probe: { interval: off }`',
  'stall.cpu': 'write `cpu: { unchangedFor: off }`',
  'stall.spinning': 'write `spinning: { for: off }`',
};

function isOff(tree: Tree): boolean {
  return tree.is === 'scalar' && ['off', 'false'].includes(tree.text);
}

/** What does the work of a field that a kind has not. */
const insteadOf: Readonly<Record<string, string>> = {
  'command restart.run': 'its `command` is what is started again',
  'service restart.run': 'the service manager is asked to start it again',
  'service stop.run': 'the service manager is asked to stop it; `ExecStop=` of its unit says how',
  'service stop.signal': 'the service manager is asked to stop it; `KillSignal=` of its unit says how',
};

function wrongKind(path: string, kind: Kind, kinds: readonly Kind[]) {
  const owners = kinds.map(quoted).join(' and ');
  return {
    what: `a ${quoted(kind)} entry has no ${quoted(path)}`,
    expected: '',
    hint: insteadOf[`${kind} ${path}`] ?? `only ${owners} entries have it; take it out`,
  };
}

/** What does the work of a field on a system that has it not. */
const elsewhere: Readonly<Record<string, string>> = {
  user: 'on Windows every program runs as the account of the engine; install one that needs its own as a service with that account, and watch it as a `service`; ',
  'ready.notify': 'Windows has no NOTIFY_SOCKET; let `output`, `tcp` or `http` say that it is ready; ',
};

/** What one system alone knows stands in the block for it, so that a reader sees where it holds. */
function wrongSystem(path: string, systems: readonly System[]) {
  const block = path
    .split('.')
    .reduceRight((inner, part) => (inner === '' ? `${part}: ...` : `${part}: { ${inner} }`), '');
  return {
    what: `${quoted(path)} holds on ${systems.map((system) => systemNames[system]).join(' and ')} only`,
    expected: '',
    hint: `${elsewhere[path] ?? ''}put it into a block for that system: ${quoted(`${systems[0]}: { ${block} }`)}`,
  };
}

/** As people write them. */
export const systemNames: Readonly<Record<System, string>> = { linux: 'Linux', windows: 'Windows' };

function unknownKey(key: string, section: string, scope: Scope) {
  const here = keysOf(section, scope);
  const near = closest(key, here);
  const topic = near === null ? topicOf(key, scope.table, section) : null;
  const hint =
    near !== null
      ? `did you mean ${quoted(near)}?`
      : topic !== null
        ? `did you mean ${quoted(topic)}?`
        : `known here: ${here.join(', ')}`;
  return { what: `unknown key ${quoted(key)}`, expected: '', hint };
}

/** The keys that may stand in a section, each once and in the table's order. */
function keysOf(section: string, scope: Scope): string[] {
  const prefix = section === '' ? '' : `${section}.`;
  const paths = Object.keys(scope.table).filter((path) => path.startsWith(prefix) && isHere(scope.table[path], scope));
  const keys = paths.map((path) => path.slice(prefix.length).split('.')[0] as string);
  return [...new Set(section === '' ? [...keys, ...scope.others] : keys)];
}

function isHere(field: FieldTable[string] | undefined, { kind, system }: Scope): boolean {
  return field?.systems.includes(system) === true && (kind === null || field.kinds.includes(kind));
}

function isSection(path: string, table: FieldTable): boolean {
  return Object.keys(table).some((known) => known.startsWith(`${path}.`));
}

/** Whether the map of a section holds a key that is not known. Such a key was reported, and is probably one that is missing. */
export function hasUnknown(tree: Tree, section: string, table: FieldTable): boolean {
  if (tree.is !== 'map') return false;
  return [...tree.entries.keys()].some((key) => {
    const path = joinPath(section, key);
    return !Object.hasOwn(table, path) && !isSection(path, table);
  });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
