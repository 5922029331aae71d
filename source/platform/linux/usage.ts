import { pageBytes } from '../../../native-bindings/linux/page-size.ts';
import type { Instance } from '../../ports/instance.ts';
import { statOf, ticksPerSecond } from './proc.ts';

/** What a process has used so far, and holds now. */
export interface Usage {
  /** CPU time in user and kernel mode since its start. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** Asked on demand, one read of /proc each; null for an instance that has ended. */
export function readUsage(instance: Instance): Usage | null {
  const stat = statOf(instance);
  if (stat === null) return null;
  return { cpuMs: (stat.cpuTicks * 1000) / ticksPerSecond, memoryBytes: stat.residentPages * pageBytes };
}
