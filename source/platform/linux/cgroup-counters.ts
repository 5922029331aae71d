// What the cgroups of a process take from it. See Documentation/admin-guide/cgroup-v2.rst, scheduler/sched-bwc.rst and cgroup-v1/freezer-subsystem.rst.
import type { CgroupFolders } from './cgroup-places.ts';
import { readPressureMs } from './machine-time.ts';
import { readSmallFile } from './proc.ts';

/** In ms and cumulative; zero where the kernel does not count. */
export interface CgroupCounters {
  /**
   * For how long they were throttled: a quota above counts as much as its own. The kernel adds up the CPUs that were throttled,
   * so the sum may grow faster than the clock.
   */
  readonly throttledMs: number;
  /** For how long everything in its cgroup that wanted to run had to wait. */
  readonly starvedMs: number;
  readonly isFrozen: boolean;
}

interface Read {
  readonly counters: CgroupCounters;
  readonly atMs: number;
}

/** All children of an engine share its cgroup: in the same moment it is read once for all of them. */
const believedMs = 10;

export class CgroupReader {
  readonly #read = new WeakMap<CgroupFolders, Read>();

  read(folders: CgroupFolders): CgroupCounters {
    const atMs = performance.now();
    const known = this.#read.get(folders);
    if (known !== undefined && atMs - known.atMs < believedMs) return known.counters;
    const counters = {
      throttledMs: throttledMs(folders),
      starvedMs: starvedMs(folders),
      isFrozen: isFrozen(folders),
    };
    this.#read.set(folders, { counters, atMs });
    return counters;
  }
}

function throttledMs({ unified, cpu }: CgroupFolders): number {
  let totalMs = 0;
  for (const folder of unified) totalMs += counter(folder, 'throttled_usec') / 1e3;
  for (const folder of cpu) totalMs += counter(folder, 'throttled_time') / 1e6;
  return totalMs;
}

function counter(folder: string, name: string): number {
  const text = readSmallFile(`${folder}/cpu.stat`) ?? '';
  const at = text.indexOf(`${name} `);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + name.length + 1), 10);
}

function starvedMs({ unified: [own] }: CgroupFolders): number {
  return own === undefined ? 0 : (readPressureMs(`${own}/cpu.pressure`, 'full') ?? 0);
}

/** Its own folder answers for those above: they freeze it with them. */
function isFrozen({ unified: [own], freezer: [ownFreezer] }: CgroupFolders): boolean {
  if (own !== undefined && /^frozen 1$/m.test(readSmallFile(`${own}/cgroup.events`) ?? '')) return true;
  // FREEZING: asked for, and some of its tasks do not stand still yet.
  return ownFreezer !== undefined && /^(FROZEN|FREEZING)/.test(readSmallFile(`${ownFreezer}/freezer.state`) ?? '');
}
