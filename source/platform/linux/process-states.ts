// Which state a process is in, as far as that decides whether it works or hangs.
import { readdirSync } from 'node:fs';
import type { SampleState } from '../../ports/meter.ts';
import { type ProcessStat, readThreadStat } from './proc.ts';
import { withReservedDescriptor } from './reserved-descriptor.ts';

/** proc_pid_stat(5), field 3. What is not named here (I, W, P: kernel threads and passing states) sleeps. */
const states: Readonly<Record<string, SampleState>> = {
  R: 'running',
  D: 'blocked',
  T: 'stopped',
  t: 'traced',
  Z: 'ended',
  X: 'ended',
  x: 'ended',
};

/** More threads than this are not looked at one by one. */
const mostThreads = 512;

/** The main thread speaks for the process, but for two things: blocked are all threads or none, and the others may outlive it. */
export function stateOf(stat: ProcessStat, wantsThreads: boolean): SampleState {
  const main = states[stat.state] ?? 'sleeping';
  if (stat.threads <= 1) return main;
  if (main === 'blocked') return wantsThreads && areAllBlocked(stat.pid) ? 'blocked' : 'sleeping';
  if (main === 'ended') return wantsThreads && areAllBlocked(stat.pid) ? 'blocked' : 'sleeping';
  return main;
}

/** Every thread that has not ended is in uninterruptible sleep. A thread that ends meanwhile does not count. */
function areAllBlocked(pid: number): boolean {
  for (const thread of listThreads(pid)) {
    const state = states[readThreadStat(pid, thread)?.state ?? 'Z'];
    if (state !== 'blocked' && state !== 'ended') return false;
  }
  return true;
}

/** Any of them could run, and does or waits for a CPU. */
export function hasRunnableThread(stat: ProcessStat): boolean {
  if (stat.state === 'R') return true;
  return stat.threads > 1 && listThreads(stat.pid).some((thread) => readThreadStat(stat.pid, thread)?.state === 'R');
}

/** /proc/PID/task, the oldest first; at most `mostThreads`. Empty when it is gone. */
export function listThreads(pid: number): number[] {
  try {
    return withReservedDescriptor(() => readdirSync(`/proc/${pid}/task`))
      .slice(0, mostThreads)
      .map(Number);
  } catch {
    return [];
  }
}
