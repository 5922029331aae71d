// Who belongs to an instance. Pure: works on one pass over /proc.
import type { Instance } from '../../ports/instance.ts';
import { isLiving, type ProcessStat } from './proc.ts';

export interface TreeQuery {
  readonly root: Instance;
  /** Seen to belong to it before; their descendants belong to it too, even when it is dead. Pid → start time. */
  readonly remembered: ReadonlyMap<number, number>;
  /** It is, or was, the leader of a session, so the session's members are its own. */
  readonly leadsSession: boolean;
}

/** Living members of the tree, the root included when it lives. Never ourselves, never pid 1, and nothing that descends from us unless the root does. */
export function membersOf(query: TreeQuery, processes: ReadonlyMap<number, ProcessStat>): ProcessStat[] {
  const { root, remembered } = query;
  const members = new Map<number, ProcessStat>();
  const isMember = (stat: ProcessStat) =>
    (stat.pid === root.pid && stat.startTime === root.startTime) ||
    remembered.get(stat.pid) === stat.startTime ||
    (isSessionOurs(query, processes) && stat.session === root.pid && stat.startTime >= root.startTime);
  const children = childrenByParent(processes);
  const add = (stat: ProcessStat) => {
    // We may ourselves run below a watched process (a terminal multiplexer): our children are not its children.
    if (stat.pid <= 1 || stat.pid === process.pid || members.has(stat.pid)) return;
    members.set(stat.pid, stat);
    for (const child of children.get(stat.pid) ?? []) add(child);
  };
  for (const stat of processes.values()) if (isMember(stat)) add(stat);
  return [...members.values()].filter(isLiving);
}

/** When its pid is used again, by another process, the session's number may be another session's as well. */
function isSessionOurs({ root, leadsSession }: TreeQuery, processes: ReadonlyMap<number, ProcessStat>): boolean {
  const holder = processes.get(root.pid);
  return leadsSession && (holder === undefined || holder.startTime === root.startTime);
}

function childrenByParent(processes: ReadonlyMap<number, ProcessStat>): Map<number, ProcessStat[]> {
  const children = new Map<number, ProcessStat[]>();
  for (const stat of processes.values()) {
    const siblings = children.get(stat.parent);
    if (siblings === undefined) children.set(stat.parent, [stat]);
    else siblings.push(stat);
  }
  return children;
}
