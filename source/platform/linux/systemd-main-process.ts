import { bootTimeMs } from '../../../native-bindings/linux/boot-clock.ts';
import type { Instance } from '../../ports/instance.ts';
import { instanceOf, isLiving, readStat, ticksPerSecond } from './proc.ts';

/**
 * The process that bears the main pid, if it is the one that the manager means: it lives, and began no later than the
 * manager says that it started it (µs of the monotonic clock). A pid that was used again since began later. `gone`: it has
 * ended, and the manager is about to notice. Null: nothing can be said of it.
 */
export function mainInstance(pid: number, startedMonotonicUs: bigint): Instance | 'gone' | null {
  const stat = readStat(pid);
  if (stat === null) return isHidden(pid) ? null : 'gone';
  if (!isLiving(stat)) return 'gone';
  // The boot clock is the monotonic one and all the time that the machine slept: less then than now, so never too early.
  const sleptMs = bootTimeMs() - Number(process.hrtime.bigint()) / 1e6;
  const startedTicks = ((Number(startedMonotonicUs) / 1000 + sleptMs) * ticksPerSecond) / 1000;
  // One tick for rounding.
  return stat.startTime <= startedTicks + 1 ? instanceOf(stat) : null;
}

/** Whether it lives, but /proc is mounted so (hidepid) that other users do not see it. */
function isHidden(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
