import { pageBytes } from '../../../native-bindings/linux/page-size.ts';
import { processCpuMs } from '../../../native-bindings/linux/process-cpu-clock.ts';
import { type ProcessStat, ticksPerSecond } from './proc.ts';

/** What a process has used so far, and holds now. */
export interface Usage {
  /** CPU time in user and kernel mode since its start. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

const msPerTick = 1000 / ticksPerSecond;

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
