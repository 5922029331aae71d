// How long a process waited for a CPU between two readings. Pure.
import type { ThreadTime } from './thread-waits.ts';

/** What is needed of an instance's last reading, to tell what came since. */
export interface Reading {
  readonly startTime: number;
  readonly atMs: number;
  readonly cpuMs: number;
  /** Its main thread could run: does, or waits for a CPU. */
  readonly isRunnable: boolean;
  readonly threads: ReadonlyMap<number, ThreadTime>;
  readonly starvedMs: number;
  readonly pressureMs: number;
  /** The counter that is reported: the sum of what was lost between the readings. */
  readonly waitedMs: number;
  /** Counted already while it still waited; the kernel adds it to the thread's own counter only when it runs again. */
  readonly countedAheadMs: number;
}

/** CPU time below this is no progress: the reading itself can make the kernel round. */
const progressMs = 0.001;

/**
 * The counter goes on from the last reading. The kernel tells a wait when it is over; one that is going on is counted ahead.
 * `hasRunnableThread` is asked only where nothing of it has run: it costs a look at every thread.
 */
export function waitingSince(
  last: Reading,
  now: Reading,
  hasRunnableThread: () => boolean,
  processors: number,
): Pick<Reading, 'waitedMs' | 'countedAheadMs'> {
  const passedMs = now.atMs - last.atMs;
  const toldMs = waitOf(last, now);
  const newMs = Math.max(0, toldMs - last.countedAheadMs);
  const hasRun = now.cpuMs - last.cpuMs > progressMs;
  const isStillWaiting = hasRun ? now.isRunnable : hasRunnableThread();
  // One that did not run although it could, or that could run at both ends, is taken for one that wanted to all the time.
  const wantedAllAlong = isStillWaiting && (!hasRun || last.isRunnable);
  const supposedMs = wantedAllAlong ? passedMs : Math.max(newMs, now.starvedMs - last.starvedMs, 0);
  const lostMs = Math.min(supposedMs, couldNotRunMs(last, now, passedMs, processors));
  const aheadMs = Math.max(0, last.countedAheadMs - toldMs) + Math.max(0, lostMs - newMs);
  return { waitedMs: last.waitedMs + lostMs, countedAheadMs: isStillWaiting ? aheadMs : 0 };
}

/**
 * The wait of the thread that waited most: which of them owes the sign of life is not known. Where the kernel does not keep
 * the waits of threads, the whole machine's pressure stands in.
 */
function waitOf(last: Reading, now: Reading): number {
  if (now.threads.size === 0) return now.pressureMs - last.pressureMs;
  let mostMs = 0;
  for (const [thread, time] of now.threads)
    mostMs = Math.max(mostMs, time.waitedMs - (last.threads.get(thread)?.waitedMs ?? 0));
  return mostMs;
}

/**
 * While any of its threads ran, the process ran; so threads that only wait for each other's CPU do not make it starve. They ran
 * for no less than the busiest of them, and for no less than all of them on all CPUs at once.
 */
function couldNotRunMs(last: Reading, now: Reading, passedMs: number, processors: number): number {
  let ranMs = (now.cpuMs - last.cpuMs) / processors;
  for (const [thread, time] of now.threads)
    ranMs = Math.max(ranMs, time.ranMs - (last.threads.get(thread)?.ranMs ?? 0));
  return Math.max(0, passedMs - ranMs);
}
