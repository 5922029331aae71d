import type { Environment } from './expand.ts';
import type { Kind } from './field.ts';
import { readyProbes } from './fields/order.ts';
import { type ProcessValues, processFields, processTable } from './fields.ts';
import { topicOf } from './foreign-words.ts';
import { checkLevel, fieldsFor, kindOf, levelOf, nearestOf, overlay } from './level.ts';
import { type PathContext, resolvePath } from './paths.ts';
import { quoted, type Report } from './problem.ts';
import type { CommonSpec, DependencyCondition, ProcessSpec } from './profile.ts';
import { readFields } from './read.ts';
import { livePartsOf, outputOf, writtenOf } from './spec.ts';
import { closest } from './suggestion.ts';
import { describe, type Entry, entryAt, isEmpty, type MapTree } from './tree.ts';
import { splitCommand } from './type/command.ts';

/** What reading a process needs from round it. */
export interface Surroundings extends PathContext {
  readonly group: string;
  readonly environment: Environment;
  /** The defaults of the file and of the group, laid over each other. */
  readonly defaults: MapTree;
  /** Reads an environment file given by its absolute path; reports at the entry when it cannot. */
  readonly environmentFile: (path: string, tree: Tree) => Readonly<Record<string, string>>;
  readonly report: Report;
  /** For what is missing: unheard where the text has gaps. */
  readonly reportMissing: Report;
  readonly warn: Report;
}

type Tree = Entry['value'];

export interface ReadProcess {
  readonly spec: ProcessSpec;
  /** All its fields with their places, for checks that need other processes. */
  readonly tree: MapTree;
}

/** One entry of a group to a checked process, or null after its problems were reported. */
export function readProcess(name: string, entry: Entry, around: Surroundings): ReadProcess | null {
  const { report } = around;
  if (entry.value.is !== 'map' && !isEmpty(entry.value)) {
    report(entry.value.place, {
      what: `${describe(entry.value)} is not a process`,
      expected: 'a map of fields',
      hint: 'write { command: ... }',
    });
    return null;
  }
  const map: MapTree = entry.value.is === 'map' ? entry.value : { is: 'map', place: entry.key, entries: new Map() };
  const level = levelOf(map, around.system, around.environment, report);
  const nearest = nearestOf(level);
  const kind = kindOf(nearest) ?? kindOf(around.defaults);
  checkLevel(level, kind, report);
  if (kind === null) {
    reportNoKind(entry, nearest, around.reportMissing);
    return null;
  }
  const tree = overlay(fieldsFor(kind, around.defaults), nearest);
  const values = readFields(processFields, tree);
  checkWhole(tree, nearest, values, kind, report);
  const common = commonOf(name, tree, values, kind, around);
  const { instances } = values;
  if (kind === 'match') {
    const match = {
      executable: values['match.executable'],
      arguments: values['match.arguments'],
      user: values['match.user'],
      pidFile: values['match.pidFile'] === null ? null : resolvePath(values['match.pidFile'], around),
    };
    return { spec: { ...common, kind, match, instances }, tree };
  }
  return { spec: { ...common, kind, command: commandOf(tree, values, around), instances }, tree };
}

function commonOf(name: string, tree: MapTree, values: ProcessValues, kind: Kind, around: Surroundings): CommonSpec {
  const resolved = (path: string | null) => (path === null ? null : resolvePath(path, around));
  return {
    name,
    directory: resolved(values.directory),
    user: values.user,
    group: values.group,
    environment: environmentOf(tree, values, around),
    output: outputOf(values, resolved(values['output.file'])),
    dependsOn: dependenciesOf(values.dependsOn, around.group),
    ...livePartsOf(values, kind, tree),
    written: writtenOf(tree),
  };
}

function environmentOf(tree: MapTree, values: ProcessValues, around: Surroundings): Readonly<Record<string, string>> {
  const files = values.environmentFile ?? [];
  const written = entryAt(tree, 'environmentFile')?.value ?? tree;
  const read = files.map((path, index) => {
    const at = written.is === 'list' ? (written.items[index] ?? written) : written;
    return around.environmentFile(resolvePath(path, around), at);
  });
  return Object.fromEntries([...read, values.environment].flatMap((variables) => Object.entries(variables)));
}

/** `database` means the one in the same group. */
function dependenciesOf(
  written: Readonly<Record<string, DependencyCondition>>,
  group: string,
): Record<string, DependencyCondition> {
  return Object.fromEntries(Object.entries(written).map(([name, condition]) => [fullName(name, group), condition]));
}

export function fullName(name: string, group: string): string {
  return name.includes('/') ? name : `${group}/${name}`;
}

function commandOf(tree: MapTree, values: ProcessValues, around: Surroundings): readonly string[] {
  const { command, shell } = values;
  const written = entryAt(tree, 'command')?.value;
  if (command === null || written === undefined) return [];
  if (shell && typeof command === 'string') {
    return around.system === 'windows' ? ['cmd.exe', '/d', '/s', '/c', command] : ['/bin/sh', '-c', command];
  }
  if (shell) {
    around.report(written.place, {
      what: 'is a list',
      expected: 'one text, since `shell` is true',
      hint: 'write it as one text or take `shell` out',
    });
  }
  if (typeof command !== 'string') return command;
  const words = splitCommand(written, command, around.report) ?? [];
  const operator = words.find((word) => /^(?:&&?|\|\|?|;|[12]?>{1,2}.*|<)$/.test(word));
  if (operator !== undefined) {
    around.warn(written.place, {
      what: `${quoted(operator)} is passed to the program as it stands, since no shell reads the command`,
      expected: '',
      hint: 'set `shell: true` if a shell is meant',
    });
  }
  return words;
}

/** What can be judged only when the fields of all levels are together. */
function checkWhole(tree: MapTree, nearest: MapTree, values: ProcessValues, kind: Kind, report: Report): void {
  const ready = nearest.entries.get('ready');
  const hasProbe = readyProbes.some((path) => entryAt(tree, path) !== undefined);
  if (
    ready?.value.is === 'map' &&
    ready.value.entries.size > 0 &&
    !hasProbe &&
    kind === 'command' &&
    !hasUnknown(ready.value, 'ready')
  ) {
    const ways = readyProbes.map((path) => path.slice('ready.'.length)).join(', ');
    report(ready.key, { what: '`ready` does not say how that is seen', expected: `one of ${ways}`, hint: '' });
  }
  const match = tree.entries.get('match');
  if (match !== undefined && kind === 'match' && !hasUnknown(match.value, 'match')) {
    const ways = ['executable', 'arguments', 'pidFile'];
    if (
      (match.value.is === 'map' || isEmpty(match.value)) &&
      ways.every((way) => entryAt(match.value, way) === undefined)
    ) {
      report(match.key, {
        what: '`match` would find every process',
        expected: `at least one of ${ways.join(', ')}`,
        hint: '',
      });
    }
  }
  const file = entryAt(tree, 'output.file')?.value;
  if (kind === 'command' && values.instances > 1 && file?.is === 'scalar' && !file.text.includes('%n')) {
    report(file.place, {
      what: `${values.instances} instances would write into one file`,
      expected: '',
      hint: 'put %n, the number of the instance, into its name',
    });
  }
}

/** A key that is not known was reported already, and is probably the one that is missing. */
function hasUnknown(tree: Tree, section: string): boolean {
  return tree.is === 'map' && [...tree.entries.keys()].some((key) => !Object.hasOwn(processTable, `${section}.${key}`));
}

function reportNoKind(entry: Entry, nearest: MapTree, report: Report): void {
  const isMisspelt = [...nearest.entries.keys()].some(
    (key) =>
      !Object.hasOwn(processTable, key) &&
      /^(command|match)\b/.test(closest(key, ['command', 'match']) ?? topicOf(key, processTable) ?? ''),
  );
  if (isMisspelt) return;
  report(
    { ...entry.key },
    {
      what: 'has neither `command` nor `match`',
      expected: 'one of them',
      hint: 'say what to start with `command`, or how to find a process that something else starts with `match`',
    },
  );
}
