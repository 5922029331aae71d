import type { Instance } from './instance.ts';

/** What a process uses at one moment. */
export interface Sample {
  /** CPU time since its start, in ms; with the tree, that of its descendants too: the living, and those that were waited for. */
  readonly cpuMs: number;
  /** Resident; with the tree, its living descendants' too. */
  readonly memoryBytes: number;
  readonly threads: number;
  /** Open files and sockets; null where they may not be counted, or nobody wanted to know. */
  readonly descriptors: number | null;
  readonly state: SampleState;
  /** Whether its windows take messages; absent where nobody wanted to know, or the system has none. */
  readonly window?: 'answers' | 'hung' | 'none';
}

/** `blocked`: every thread is in uninterruptible sleep (D); with several threads only told where `threadStates` is wanted. `stopped`: by a signal (T). `traced`: halted by a debugger (t). `suspended`: every thread of it (Windows). */
export type SampleState = 'running' | 'sleeping' | 'blocked' | 'stopped' | 'traced' | 'ended' | 'suspended';

/** What is to be measured beyond the process itself; each costs more reads. */
export interface SampleWish {
  /** CPU and memory of its descendants too. */
  readonly tree: boolean;
  readonly descriptors: boolean;
  /** Whether every thread is blocked, not only the main one. */
  readonly threadStates: boolean;
  /** Whether its windows take messages (Windows). */
  readonly window?: boolean;
}

/**
 * Counters of the time in which an instance could not run though it may have wanted to. All in ms and cumulative,
 * so two readings tell what was lost between them. A counter that this system does not have stays 0.
 */
export interface LostTimeReading {
  /** Monotonic. */
  readonly atMs: number;
  /** The machine slept: boot-time clock less monotonic clock. */
  readonly suspendedMs: number;
  /** CPU time that the hypervisor gave to others, and all CPU time that was asked for (busy and stolen). */
  readonly stolenMs: number;
  readonly demandedMs: number;
  /** Its threads waited for a CPU, or nothing in its cgroup could run (pressure). */
  readonly waitedMs: number;
  /** Its cgroup had used up its quota. */
  readonly throttledMs: number;
  /** Something holds it at this moment: `debugger gdb, pid 4711` or `its cgroup is frozen`; null: nothing. */
  readonly held: string | null;
}

/** How large a file is and when it was last written; a change of either is a sign of life. */
export interface FileMark {
  readonly sizeBytes: number;
  /** Wall clock. */
  readonly writtenAtMs: number;
}

/** Measures processes and files. Nothing in it waits. */
export interface Meter {
  /** One pass over the instances; null for one that is gone. Reported in parts of the event loop's time, in the order asked. */
  sample(
    wanted: readonly { readonly instance: Instance; readonly wish: SampleWish }[],
    report: (samples: readonly (Sample | null)[]) => void,
  ): void;
  /** Null when it is gone. */
  lostTime(instance: Instance): LostTimeReading | null;
  /** Null when there is no such file. */
  fileMark(path: string): FileMark | null;
}
