// Who belongs to whom. Pure: works on one list of processes.
import type { ListedProcess } from '../../../native-bindings/windows/process-list.ts';
import type { Instance } from '../../ports/instance.ts';

export interface Families {
  readonly processes: ReadonlyMap<number, ListedProcess>;
  readonly children: ReadonlyMap<number, readonly ListedProcess[]>;
}

export function familiesOf(list: readonly ListedProcess[]): Families {
  return {
    processes: new Map(list.map((one) => [one.pid, one])),
    children: Map.groupBy(list, (one) => one.parent),
  };
}

/** Windows keeps the pid of a parent that has ended, and gives it to others: a parent is older than its child. */
export function childrenOf(parent: ListedProcess, { children }: Families): readonly ListedProcess[] {
  return (children.get(parent.pid) ?? []).filter(({ createdAtUs }) => createdAtUs >= parent.createdAtUs);
}

/**
 * The living among the instance, those seen to belong to it before (pid → creation time), those whose pids are said to, and all that
 * descend from them. Never ourselves, nor what descends from us alone.
 */
export function membersOf(
  root: Instance,
  remembered: ReadonlyMap<number, number>,
  pids: readonly number[],
  families: Families,
): ListedProcess[] {
  const members = new Map<number, ListedProcess>();
  const add = (one: ListedProcess): void => {
    if (one.pid <= 4 || one.pid === process.pid || members.has(one.pid)) return;
    members.set(one.pid, one);
    for (const child of childrenOf(one, families)) add(child);
  };
  for (const [pid, createdAtUs] of [[root.pid, root.startTime] as const, ...remembered]) {
    const one = families.processes.get(pid);
    if (one?.createdAtUs === createdAtUs) add(one);
  }
  for (const pid of pids) {
    const one = families.processes.get(pid);
    if (one !== undefined) add(one);
  }
  return [...members.values()];
}
