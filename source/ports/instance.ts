/**
 * One living OS process. A pid alone never identifies one: the kernel uses pids again.
 * Together with the boot id (kept once per state file) these two numbers are unique on a machine.
 */
export interface Instance {
  readonly pid: number;
  /** Start time as the kernel counts it: clock ticks since boot (Linux: /proc/PID/stat field 22). */
  readonly startTime: number;
  /** The same moment on the wall clock, in ms since 1970, for people. */
  readonly startedAtMs: number;
}

export function isSameInstance(a: Instance, b: Instance): boolean {
  return a.pid === b.pid && a.startTime === b.startTime;
}

/** How an instance ended, as far as the kernel tells. */
export type Exit =
  | { readonly code: number }
  | { readonly signal: string; readonly core: boolean }
  /** The kernel gave no status, for example for a process that is nobody's child here; the text says why. */
  | { readonly unknown: string };
