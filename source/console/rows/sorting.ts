import type { GroupStatus, ProcessStatus } from '../../engine/status.ts';
import { conditionOf } from '../condition.ts';

/** By what the list can be sorted. `name`: as the profile has it. */
export const SORTS = ['name', 'state', 'restarts', 'stall', 'cpu', 'memory', 'up'] as const;

export type SortName = (typeof SORTS)[number];

export interface Sort {
  readonly by: SortName;
  readonly isReversed: boolean;
}

export const AS_IN_PROFILE: Sort = { by: 'name', isReversed: false };

export function isSortName(word: string): word is SortName {
  return (SORTS as readonly string[]).includes(word);
}

/** From what needs a person most to what needs none. */
const NEED = { fatal: 5, stalled: 4, backoff: 3, busy: 2, running: 1, stopped: 0 } as const;

/** How far up a process belongs: the higher, the further. Of a group that of its foremost member counts. */
const WEIGHTS: Readonly<Record<Exclude<SortName, 'name'>, (process: ProcessStatus) => number>> = {
  state: (process) => NEED[conditionOf(process)],
  restarts: ({ restarts }) => restarts.count,
  // The share of its limit that the timer nearest to it has used up.
  stall: ({ stall }) => stall.reduce((most, one) => Math.max(most, one.elapsedMs / Math.max(1, one.limitMs)), 0),
  cpu: ({ cpuPercent }) => cpuPercent,
  memory: ({ memoryBytes }) => memoryBytes,
  // What was started last is looked for; what does not live has no time at all.
  up: ({ instances }) => instances.reduce((latest, { startedAt }) => Math.max(latest, Date.parse(startedAt)), 0),
};

/** Groups, and the members of each, in that order; what weighs the same stays as the profile has it. */
export function sorted(groups: readonly GroupStatus[], { by, isReversed }: Sort): readonly GroupStatus[] {
  if (by === 'name') return isReversed ? reversed(groups) : groups;
  const weigh = WEIGHTS[by];
  const sign = isReversed ? 1 : -1;
  const weighed = groups.map((group) => {
    const members = group.processes.map((process) => ({ process, weight: weigh(process) }));
    const weight = members.reduce((most, one) => Math.max(most, one.weight), 0);
    const processes = members.sort((a, b) => sign * (a.weight - b.weight)).map(({ process }) => process);
    return { group: { ...group, processes }, weight };
  });
  return weighed.sort((a, b) => sign * (a.weight - b.weight)).map(({ group }) => group);
}

function reversed(groups: readonly GroupStatus[]): readonly GroupStatus[] {
  return groups.toReversed().map((group) => ({ ...group, processes: group.processes.toReversed() }));
}
