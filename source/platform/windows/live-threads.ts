// The threads of a living process for somebody who looks on, without stopping anything.
import { listThreads } from '../../../native-bindings/windows/process-list.ts';
import type { Instance } from '../../ports/instance.ts';
import type { ThreadsSeen } from '../../ports/thread.ts';
import { wordsOfThread } from './thread-states.ts';

/** At most `most` of them. Windows tells neither names nor calls of threads from outside; a minidump does. */
export async function lookAtLiveThreads(instance: Instance, most: number): Promise<ThreadsSeen> {
  const found = listThreads(instance.pid, most);
  if (found === null || found.createdAtUs !== instance.startTime)
    return { threads: [], more: 0, problem: 'it has ended meanwhile' };
  const threads = found.threads.map((thread) => {
    const { letter, waitsFor } = wordsOfThread(thread);
    return { tid: thread.tid, name: '', state: letter, waitsIn: waitsFor, call: '', file: '', runs: thread.switches };
  });
  return { threads, more: Math.max(0, found.count - threads.length), problem: null };
}
