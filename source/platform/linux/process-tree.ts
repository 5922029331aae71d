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

/** One pass over /proc, by pid, by parent and by session: a thousand trees can be asked for without going through all of it for each. */
export interface Families {
  readonly processes: ReadonlyMap<number, ProcessStat>;
  readonly children: ReadonlyMap<number, readonly ProcessStat[]>;
  readonly sessions: ReadonlyMap<number, readonly ProcessStat[]>;
}

const nobody: readonly ProcessStat[] = [];

export function familiesOf(processes: ReadonlyMap<number, ProcessStat>): Families {
  return {
    processes,
    children: Map.groupBy(processes.values(), (stat) => stat.parent),
    sessions: Map.groupBy(processes.values(), (stat) => stat.session),
  };
}

/** Living members of the tree, the root included when it lives. Never ourselves, never pid 1, and nothing that descends from us unless the root does. */
export function membersOf(query: TreeQuery, families: Families): ProcessStat[] {
  const members = new Map<number, ProcessStat>();
  const add = (stat: ProcessStat) => {
    // We may ourselves run below a watched process (a terminal multiplexer): our children are not its children.
    if (stat.pid <= 1 || stat.pid === process.pid || members.has(stat.pid)) return;
    members.set(stat.pid, stat);
    for (const child of families.children.get(stat.pid) ?? nobody) add(child);
  };
  for (const stat of knownMembers(query, families)) add(stat);
  return [...members.values()].filter(isLiving);
}

/** Those whom nobody's descent has to prove. */
function knownMembers({ root, remembered, leadsSession }: TreeQuery, families: Families): readonly ProcessStat[] {
  const { processes, sessions } = families;
  const known = [[root.pid, root.startTime] as const, ...remembered].flatMap(([pid, startTime]) => {
    const stat = processes.get(pid);
    return stat?.startTime === startTime ? [stat] : [];
  });
  // When its pid is used again, by another process, the session's number may be another session's as well.
  const holder = processes.get(root.pid);
  const isSessionOurs = leadsSession && (holder === undefined || holder.startTime === root.startTime);
  const session = isSessionOurs ? (sessions.get(root.pid) ?? nobody) : nobody;
  return [...known, ...session.filter((stat) => stat.startTime >= root.startTime)];
}
