// What the threads of a process do, in words. Pure but for the counting of suspensions.
import { type ListedThread, listThreads } from '../../../native-bindings/windows/process-list.ts';
import { suspendCount } from '../../../native-bindings/windows/suspension.ts';

/** More threads than this are not asked one by one. */
const mostThreads = 512;

/** Every thread waits to be resumed. One that runs, or cannot be asked, says no for all. */
export function isSuspended(pid: number): boolean {
  const threads = listThreads(pid, mostThreads)?.threads ?? [];
  return threads.length > 0 && threads.every(({ tid }) => (suspendCount(tid) ?? 0) > 0);
}

/** <wdm.h> KTHREAD_STATE: **the table**, and the letter that stands for it on the screen. */
const states: Readonly<Record<number, readonly [word: string, letter: string]>> = {
  0: ['initialized', 'S'],
  1: ['ready to run', 'R'],
  2: ['running', 'R'],
  3: ['about to run', 'R'],
  4: ['ended', 'Z'],
  5: ['waiting', 'S'],
  6: ['about to run', 'R'],
  7: ['waiting for its kernel stack', 'D'],
};

/** <wdm.h> KWAIT_REASON: **the table** of why a thread waits; those from 7 on mean the same as seven before. */
const reasons: readonly string[] = [
  'Executive',
  'FreePage',
  'PageIn',
  'PoolAllocation',
  'DelayExecution',
  'Suspended',
  'UserRequest',
  'WrExecutive',
  'WrFreePage',
  'WrPageIn',
  'WrPoolAllocation',
  'WrDelayExecution',
  'WrSuspended',
  'WrUserRequest',
  'WrEventPair',
  'WrQueue',
  'WrLpcReceive',
  'WrLpcReply',
  'WrVirtualMemory',
  'WrPageOut',
  'WrRendezvous',
  'WrKeyedEvent',
  'WrTerminated',
  'WrProcessInSwap',
  'WrCpuRateControl',
  'WrCalloutStack',
  'WrKernel',
  'WrResource',
  'WrPushLock',
  'WrMutex',
  'WrQuantumEnd',
  'WrDispatchInt',
  'WrPreempted',
  'WrYieldExecution',
  'WrFastMutex',
  'WrGuardedMutex',
  'WrRundown',
  'WrAlertByThreadId',
];

const waiting = 5;

export interface ThreadWords {
  readonly letter: string;
  readonly state: string;
  /** Why it waits; empty where it does not. */
  readonly waitsFor: string;
}

export function wordsOfThread({ tid, state, waitReason }: ListedThread): ThreadWords {
  const [word, letter] = states[state] ?? [`state ${state}`, 'S'];
  if ((suspendCount(tid) ?? 0) > 0) return { letter: 'T', state: 'suspended', waitsFor: '' };
  return { letter, state: word, waitsFor: state === waiting ? (reasons[waitReason] ?? `reason ${waitReason}`) : '' };
}
