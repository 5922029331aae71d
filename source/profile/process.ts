import type { Kind } from './field.ts';
import { type ProcessValues, processFields } from './fields.ts';
import { checkLevel, fieldsFor, kindOf, levelOf, nearestOf, overlay } from './level.ts';
import { resolvePath } from './paths.ts';
import type { CommonSpec, DependencyCondition, ProcessSpec } from './profile.ts';
import { commandOf } from './program.ts';
import { readFields } from './read.ts';
import { serviceOf } from './service.ts';
import { livePartsOf, outputOf, writtenOf } from './spec.ts';
import type { Surroundings } from './surroundings.ts';
import { describe, type Entry, entryAt, isEmpty, type MapTree } from './tree.ts';
import { checkWhole, reportNoKind } from './whole-process.ts';

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
  checkLevel(level, kind, around.system, report);
  if (kind === null) {
    reportNoKind(entry, nearest, around.reportMissing);
    return null;
  }
  const tree = overlay(fieldsFor(kind, around.defaults), nearest);
  const values = readFields(processFields, tree);
  checkWhole({ kind, tree, nearest, values }, report);
  const common = commonOf(name, tree, values, kind, around);
  if (kind === 'match') {
    const match = {
      executable: values['match.executable'],
      arguments: values['match.arguments'],
      user: values['match.user'],
      pidFile: values['match.pidFile'] === null ? null : resolvePath(values['match.pidFile'], around),
    };
    return { spec: { ...common, kind, match, instances: values.instances }, tree };
  }
  if (kind === 'service') return { spec: { ...common, kind, ...serviceOf(tree, values, around) }, tree };
  const command = commandOf(tree, values, around);
  return { spec: { ...common, kind, command, instances: values.instances.min }, tree };
}

function commonOf(name: string, tree: MapTree, values: ProcessValues, kind: Kind, around: Surroundings): CommonSpec {
  const resolved = (path: string | null) => (path === null ? null : resolvePath(path, around));
  return {
    name,
    ...(around.system === 'windows' ? { system: around.system } : {}),
    directory: resolved(values.directory),
    user: values.user,
    group: values.group,
    umask: values.umask === null ? null : Number.parseInt(values.umask, 8),
    nice: values.nice,
    environment: environmentOf(tree, values, around),
    output: outputOf(values, resolved(values['output.file'])),
    dependsOn: dependenciesOf(values.dependsOn, around.group),
    ...livePartsOf(values, kind, tree, {
      heartbeatFile: resolved(values['stall.heartbeatFile']),
      outputFile: resolved(values['stall.outputFile']),
    }),
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
