import type { GroupStatus, ProcessStatus } from '../../engine/status.ts';
import { memoryAsShown, percentAsShown } from '../../format/amount.ts';
import { conditionOf } from '../condition.ts';

/** By what the list can be sorted. */
export const SORTS = ['profile', 'name', 'state', 'restarts', 'stall', 'cpu', 'memory', 'up'] as const;

export type SortName = (typeof SORTS)[number];

export interface Sort {
  readonly by: SortName;
  readonly isReversed: boolean;
}

export const AS_IN_PROFILE: Sort = { by: 'profile', isReversed: false };

export function isSortName(word: string): word is SortName {
  return (SORTS as readonly string[]).includes(word);
}

/** From what needs a person most to what needs none. */
const NEED = { fatal: 5, stalled: 4, backoff: 3, busy: 2, running: 1, stopped: 0 } as const;

/**
 * How far up a process belongs: the higher, the further. Of a group that of its foremost member counts. What moves all the time
 * counts as it is shown: rows that show the same value must not change places.
 */
const WEIGHTS: Readonly<Record<Exclude<SortName, 'profile' | 'name'>, (process: ProcessStatus) => number>> = {
  state: (process) => NEED[conditionOf(process)],
  restarts: ({ restarts }) => restarts.count,
  // The share of its limit that the timer nearest to it has used up, in tenths.
  stall: ({ stall }) =>
    stall.reduce((most, one) => Math.max(most, Math.floor((10 * one.elapsedMs) / Math.max(1, one.limitMs))), 0),
  cpu: ({ cpuPercent }) => percentAsShown(cpuPercent),
  memory: ({ memoryBytes }) => memoryAsShown(memoryBytes),
  // What was started last is looked for; what does not live has no time at all.
  up: ({ instances }) => instances.reduce((latest, { startedAt }) => Math.max(latest, Date.parse(startedAt)), 0),
};

/**
 * Groups, and the members of each, in that order; what weighs the same stays as the profile has it. `weighed`: the groups as they
 * were when the order was made, where it is held still; what is new since then weighs what it weighs now.
 */
export function sorted(
  groups: readonly GroupStatus[],
  { by, isReversed }: Sort,
  weighed: readonly GroupStatus[] = groups,
): readonly GroupStatus[] {
  if (by === 'profile') return isReversed ? reversed(groups) : groups;
  if (by === 'name') return byName(groups, isReversed);
  const sign = isReversed ? 1 : -1;
  const weigh = weighing(by, groups, weighed);
  const ranked = groups.map((group) => {
    const members = group.processes.map((process) => ({ process, weight: weigh(group, process) }));
    const weight = members.reduce((most, one) => Math.max(most, one.weight), 0);
    const processes = members.sort((a, b) => sign * (a.weight - b.weight)).map(({ process }) => process);
    return { group: { ...group, processes }, weight };
  });
  return ranked.sort((a, b) => sign * (a.weight - b.weight)).map(({ group }) => group);
}

function weighing(
  by: keyof typeof WEIGHTS,
  groups: readonly GroupStatus[],
  weighed: readonly GroupStatus[],
): (group: GroupStatus, process: ProcessStatus) => number {
  const weigh = WEIGHTS[by];
  if (weighed === groups) return (_, process) => weigh(process);
  const before = byFullName(weighed);
  return (group, process) => weigh(before.get(`${group.name}/${process.name}`) ?? process);
}

/** An order that is held still is asked for with each change: of ten thousand processes the names are put together once. */
const known = new WeakMap<readonly GroupStatus[], ReadonlyMap<string, ProcessStatus>>();

function byFullName(groups: readonly GroupStatus[]): ReadonlyMap<string, ProcessStatus> {
  const found = known.get(groups);
  if (found !== undefined) return found;
  const made = new Map(
    groups.flatMap((group) => group.processes.map((process) => [`${group.name}/${process.name}`, process] as const)),
  );
  known.set(groups, made);
  return made;
}

function byName(groups: readonly GroupStatus[], isReversed: boolean): readonly GroupStatus[] {
  const sign = isReversed ? -1 : 1;
  const compare = (a: { readonly name: string }, b: { readonly name: string }): number =>
    sign * (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return groups.map((group) => ({ ...group, processes: group.processes.toSorted(compare) })).sort(compare);
}

function reversed(groups: readonly GroupStatus[]): readonly GroupStatus[] {
  return groups.toReversed().map((group) => ({ ...group, processes: group.processes.toReversed() }));
}
