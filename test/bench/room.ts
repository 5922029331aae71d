// How many more processes this machine lets us have: a benchmark that takes the last one harms whoever else works here.
import { readFileSync } from 'node:fs';

/** Throws when there is no room for so many more processes and threads. */
export function demandRoom(wanted: number): void {
  for (const { most, used } of limits()) {
    if (most - used < wanted)
      throw new Error(`no room for ${wanted} more processes (pids.max ${most}, ${used} used): nothing was started`);
  }
}

/** As many as that, or the whole thousands there is room for beside `reserve`. */
export function roomFor(wanted: number, reserve: number): number {
  const free = limits().map(({ most, used }) => Math.floor((most - used - reserve) / 1000) * 1000);
  return Math.max(1000, Math.min(wanted, ...free));
}

/** Those that are set; `max` is none. */
function limits(): { readonly most: number; readonly used: number }[] {
  return controlGroups()
    .map((folder) => ({
      most: Number(readOrNothing(`${folder}/pids.max`) || Number.NaN),
      used: Number(readOrNothing(`${folder}/pids.current`)),
    }))
    .filter(({ most }) => !Number.isNaN(most));
}

/** Where the processes of this one's control group are counted: version 1 has a tree for it, version 2 one tree for all. */
function controlGroups(): string[] {
  return readOrNothing('/proc/self/cgroup')
    .split('\n')
    .flatMap((line) => {
      const [, controllers = '', path = ''] = line.split(':');
      if (controllers === 'pids') return [`/sys/fs/cgroup/pids${path}`];
      return line.startsWith('0::') ? [`/sys/fs/cgroup${path}`] : [];
    });
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
