import { pageBytes } from '../../../native-bindings/linux/page-size.ts';
import { processCpuMs } from '../../../native-bindings/linux/process-cpu-clock.ts';
import type { Instance } from '../../ports/instance.ts';
import { type ProcessStat, statOf, ticksPerSecond } from './proc.ts';

/** What a process has used so far, and holds now. */
export interface Usage {
  /** CPU time in user and kernel mode since its start. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

const msPerTick = 1000 / ticksPerSecond;

/** Asked on demand, one read of /proc each; null for an instance that has ended. */
export function readUsage(instance: Instance): Usage | null {
  const stat = statOf(instance);
  return stat === null ? null : usageOf(stat);
}

/** Of the process whose stat was read just now. The scheduler's own clock sees also the little that an idle process does. */
export function usageOf(stat: ProcessStat): Usage {
  return {
    cpuMs: processCpuMs(stat.pid) ?? stat.cpuTicks * msPerTick,
    memoryBytes: stat.residentPages * pageBytes,
  };
}

/** What its children had used that have ended, and that it waited for. */
export function endedChildrenCpuMs(stat: ProcessStat): number {
  return stat.endedChildrenCpuTicks * msPerTick;
}
