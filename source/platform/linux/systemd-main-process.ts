import { bootTimeMs } from '../../../native-bindings/linux/boot-clock.ts';
import type { Instance } from '../../ports/instance.ts';
import { instanceOf, isLiving, readStat, ticksPerSecond } from './proc.ts';

/**
 * The process that bears the main pid, if it is the one that the manager means: it lives, and began no later than the
 * manager says that it started it (µs of the monotonic clock). A pid that was used again since began later.
 */
export function mainInstance(pid: number, startedMonotonicUs: bigint): Instance | null {
  const stat = readStat(pid);
  if (stat === null || !isLiving(stat)) return null;
  // The boot clock is the monotonic one and all the time that the machine slept: less then than now, so never too early.
  const sleptMs = bootTimeMs() - Number(process.hrtime.bigint()) / 1e6;
  const startedTicks = ((Number(startedMonotonicUs) / 1000 + sleptMs) * ticksPerSecond) / 1000;
  // One tick for rounding.
  return stat.startTime <= startedTicks + 1 ? instanceOf(stat) : null;
}
