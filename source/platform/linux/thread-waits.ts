// How long threads ran, and how long they waited for a CPU. See Documentation/scheduler/sched-stats.rst, "/proc/<pid>/schedstat".
import { type ProcessStat, readSmallFile } from './proc.ts';
import { listThreads } from './process-states.ts';

/** Both cumulative, in ms. */
export interface ThreadTime {
  readonly ranMs: number;
  /** Grows when the thread gets a CPU again, by all that it waited. */
  readonly waitedMs: number;
}

/** Thread → its times; empty where this kernel does not keep them, or when the process is gone. */
export function readThreadTimes(stat: ProcessStat): ReadonlyMap<number, ThreadTime> {
  const times = new Map<number, ThreadTime>();
  if (!isKept()) return times;
  for (const thread of stat.threads <= 1 ? [stat.pid] : listThreads(stat.pid)) {
    // The shorter path to the same costs less.
    const time = readTime(`/proc/${stat.pid}${thread === stat.pid ? '' : `/task/${thread}`}/schedstat`);
    if (time !== null) times.set(thread, time);
  }
  return times;
}

/** `ran waited slices`, the first two in ns. */
function readTime(path: string): ThreadTime | null {
  const text = readSmallFile(path);
  if (text === null) return null;
  const [ran, waited] = text.split(' ');
  return { ranMs: Number(ran) / 1e6, waitedMs: Number(waited) / 1e6 };
}

let kept: boolean | null = null;

/** A kernel without CONFIG_SCHED_INFO has no such file, or says zero of everybody; we ourselves have run. */
function isKept(): boolean {
  kept ??= (readTime('/proc/self/schedstat')?.ranMs ?? 0) > 0;
  return kept;
}
