import type { GroupStatus, ProcessState, ProcessStatus, SlotStatus } from '../engine/status.ts';
import type { Condition } from './theme.ts';

const OF_STATE: Readonly<Record<ProcessState, Condition>> = {
  stopped: 'stopped',
  waiting: 'busy',
  starting: 'busy',
  running: 'running',
  stopping: 'busy',
  backoff: 'backoff',
  exited: 'stopped',
  fatal: 'fatal',
};

/** From what needs a person most to what needs none. */
const BY_URGENCY: readonly Condition[] = ['fatal', 'stalled', 'backoff', 'busy', 'running', 'stopped'];

export function conditionOf(process: Pick<ProcessStatus, 'state' | 'stalled'>): Condition {
  if (process.stalled !== null && process.state === 'running') return 'stalled';
  return OF_STATE[process.state];
}

export function conditionOfSlot(slot: Pick<SlotStatus, 'state'>): Condition {
  return OF_STATE[slot.state];
}

/** Somebody should look: it was given up, hangs, is about to be restarted, or fewer of it live than should. */
export function isBad(process: ProcessStatus): boolean {
  const condition = conditionOf(process);
  if (condition === 'fatal' || condition === 'stalled' || condition === 'backoff') return true;
  if (process.slots.some(({ state, givenUpWith }) => state === 'fatal' || givenUpWith !== null)) return true;
  return condition === 'running' && process.instances.length < process.expected;
}

/** A folded group looks like the member that needs a person most. */
export function conditionOfGroup(group: Pick<GroupStatus, 'processes'>): Condition {
  let worst = BY_URGENCY.length - 1;
  for (const process of group.processes) worst = Math.min(worst, BY_URGENCY.indexOf(conditionOf(process)));
  return BY_URGENCY[worst] as Condition;
}

/** How many processes stand how, for the header. */
export interface Census {
  readonly of: Readonly<Record<Condition, number>>;
  readonly paused: number;
}

export function censusOf(groups: readonly GroupStatus[]): Census {
  const of = nobody();
  let paused = 0;
  for (const group of groups) {
    const census = censusOfGroup(group);
    for (const condition of BY_URGENCY) of[condition] += census.of[condition];
    paused += census.paused;
  }
  return { of, paused };
}

/** A group that has not changed keeps its identity: of thousands of processes only few are counted anew. */
const counted = new WeakMap<GroupStatus, Census>();

function censusOfGroup(group: GroupStatus): Census {
  const known = counted.get(group);
  if (known !== undefined) return known;
  const of = nobody();
  let paused = 0;
  for (const process of group.processes) {
    of[conditionOf(process)]++;
    if (process.paused !== null) paused++;
  }
  const census = { of, paused };
  counted.set(group, census);
  return census;
}

function nobody(): Record<Condition, number> {
  return { running: 0, busy: 0, backoff: 0, stalled: 0, fatal: 0, stopped: 0 };
}
