// How many more processes this machine lets us have: a benchmark that takes the last one harms whoever else works here.
import { readFileSync } from 'node:fs';

/** Throws when there is no room for so many more processes and threads. */
export function demandRoom(wanted: number): void {
  for (const folder of controlGroups()) {
    const most = Number(readOrNothing(`${folder}/pids.max`) || Number.NaN);
    const used = Number(readOrNothing(`${folder}/pids.current`));
    if (most - used < wanted)
      throw new Error(`no room for ${wanted} more processes (pids.max ${most}, ${used} used): nothing was started`);
  }
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
