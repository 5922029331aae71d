import { checkFields } from './check.ts';
import { expandTree } from './expand.ts';
import { groupFields } from './fields.ts';
import { checkLevel, levelOf, nearestOf, noFields, overlay } from './level.ts';
import { nameTrouble } from './name.ts';
import type { Place } from './problem.ts';
import { type ReadProcess, readProcess } from './process.ts';
import type { GroupSpec } from './profile.ts';
import { readFields } from './read.ts';
import { misspelt } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';
import { describe, type Entry, entryAt, isEmpty, type MapTree, without } from './tree.ts';

const expectedProcesses = 'a map of process names to processes';

export interface ReadGroup {
  readonly place: Place;
  readonly escalationPlace: Place;
  readonly spec: GroupSpec;
  readonly processes: ReadonlyMap<string, ReadProcess>;
  /** Names of all its processes, those that are wrong included. */
  readonly declared: readonly string[];
}

/** One group with its processes. `around` holds the defaults of the file. */
export function readGroup(name: string, entry: Entry, around: Omit<Surroundings, 'group'>): ReadGroup | null {
  const { report } = around;
  const trouble = nameTrouble(name, 'group');
  if (trouble !== null) report(entry.key, trouble);
  if (entry.value.is !== 'map') {
    if (isEmpty(entry.value))
      around.reportMissing(entry.key, { what: 'has no processes', expected: 'a map with `processes`', hint: '' });
    else
      report(entry.value.place, {
        what: `${describe(entry.value)} is not a group`,
        expected: 'a map with `processes`',
        hint: '',
      });
    return null;
  }
  const own = expandTree(['defaults', 'processes'].reduce(without, entry.value), around.environment, report) as MapTree;
  checkFields(
    own,
    { table: groupFields, others: ['defaults', 'processes'], kind: null, system: around.system },
    report,
  );
  const values = readFields(groupFields, own);
  const defaults = overlay(around.defaults, readDefaults(entry.value.entries.get('defaults'), around));
  const written = processesOf(entry, around);
  const read = written.map(([process, processEntry]) => {
    const trouble = nameTrouble(process, 'process');
    if (trouble !== null) report(processEntry.key, trouble);
    return [process, readProcess(process, processEntry, { ...around, group: name, defaults })] as const;
  });
  const processes = new Map(read.filter((pair): pair is [string, ReadProcess] => pair[1] !== null));
  const { description, strategy, escalation, paused } = values;
  const specs = [...processes.values()].map(({ spec }) => spec);
  return {
    place: entry.key,
    escalationPlace: entryAt(own, 'escalation')?.value.place ?? entry.key,
    spec: { name, description, file: entry.key.file, strategy, escalation, paused, processes: specs },
    processes,
    declared: written.map(([process]) => process),
  };
}

/** The fields under a `defaults` key, checked; none when there is no such key. */
export function readDefaults(entry: Entry | undefined, around: Omit<Surroundings, 'group' | 'defaults'>): MapTree {
  if (entry === undefined || isEmpty(entry.value)) return noFields;
  if (entry.value.is !== 'map') {
    around.report(entry.value.place, {
      what: `${describe(entry.value)} is not a map`,
      expected: 'a map of fields of a process',
      hint: '',
    });
    return noFields;
  }
  const level = levelOf(entry.value, around.system, around.environment, around.report);
  checkLevel(level, null, around.system, around.report);
  return nearestOf(level);
}

function processesOf(
  group: Entry,
  around: Pick<Surroundings, 'report' | 'reportMissing'>,
): readonly (readonly [string, Entry])[] {
  const entry = group.value.is === 'map' ? group.value.entries.get('processes') : undefined;
  if (entry?.value.is === 'map' && entry.value.entries.size > 0) return [...entry.value.entries];
  if (entry !== undefined && entry.value.is !== 'map' && !isEmpty(entry.value)) {
    const what = `${describe(entry.value)} is not a map`;
    around.report(entry.value.place, { what, expected: expectedProcesses, hint: '' });
  } else if (
    entry !== undefined ||
    group.value.is !== 'map' ||
    misspelt('processes', group.value, groupFields) === null
  ) {
    around.reportMissing((entry ?? group).key, { what: 'has no processes', expected: expectedProcesses, hint: '' });
  }
  return [];
}
