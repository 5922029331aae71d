// What the cgroups of a process take from it. See Documentation/admin-guide/cgroup-v2.rst, scheduler/sched-bwc.rst and cgroup-v1/freezer-subsystem.rst.
import type { CgroupFolders } from './cgroup-places.ts';
import { readPressureMs } from './machine-time.ts';
import { readSmallFile } from './proc.ts';

/**
 * For how long it was throttled, in ms: a quota above counts as much as its own. The kernel adds up the CPUs that were throttled,
 * so the sum may grow faster than the clock.
 */
export function throttledMs({ unified, cpu }: CgroupFolders): number {
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

/** For how long everything in it that wanted to run had to wait, in ms. */
export function starvedMs({ unified: [own] }: CgroupFolders): number {
  return own === undefined ? 0 : (readPressureMs(`${own}/cpu.pressure`, 'full') ?? 0);
}

/** Its own folder answers for those above: they freeze it with them. */
export function isFrozen({ unified: [own], freezer: [ownFreezer] }: CgroupFolders): boolean {
  if (own !== undefined && /^frozen 1$/m.test(readSmallFile(`${own}/cgroup.events`) ?? '')) return true;
  // FREEZING: asked for, and some of its tasks do not stand still yet.
  return ownFreezer !== undefined && /^(FROZEN|FREEZING)/.test(readSmallFile(`${ownFreezer}/freezer.state`) ?? '');
}
