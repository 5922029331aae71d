import { readSmall, threadsOf } from './proc-text.ts';
import { syscallName } from './syscall-names.ts';

const threadsBound = 1_000;
/** Some 40 µs each; then the event loop has its turn. */
const threadsPerTurn = 32;

const stateWords: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'uninterruptible sleep',
  T: 'stopped',
  t: 'stopped by a tracer',
  I: 'idle',
  Z: 'zombie',
  X: 'dead',
};

export interface ThreadLook {
  readonly text: string;
  /** Those that were not waiting. */
  readonly running: readonly number[];
  /** One of them is in uninterruptible sleep. */
  readonly hangsInKernel: boolean;
}

/** What the kernel says of one thread at once. */
export interface ThreadFacts {
  readonly name: string;
  /** `R`, `S`, `D` ...; `?` where it is not told. */
  readonly state: string;
  /** The function of the kernel that it sleeps in; empty where it does not, or we may not know. */
  readonly waitsIn: string;
  /** Null outside of any call, and where we may not know. */
  readonly call: { readonly name: string; readonly arguments: readonly string[] } | null;
}

/** Every thread as the kernel sees it: state, where it waits, in which call, and its kernel stack where we may see it (root). */
export async function lookAtThreads(pid: number): Promise<ThreadLook> {
  const tids = threadsOf(pid);
  const running: number[] = [];
  let hangsInKernel = false;
  let text = `${tids.length} thread${tids.length === 1 ? '' : 's'} of process ${pid}, as the kernel sees them\n\n`;
  await eachThread(pid, tids.slice(0, threadsBound), (tid, facts, folder) => {
    if (facts.state === 'R') running.push(tid);
    if (facts.state === 'D') hangsInKernel = true;
    text += `thread ${tid} ${textOf(facts, readSmall(`${folder}/stack`))}`;
  });
  if (tids.length > threadsBound) text += `and ${tids.length - threadsBound} more threads, which were not looked at\n`;
  return { text, running, hangsInKernel };
}

/** Those that still are, in the order of `tids`; a part of them in each turn of the event loop. */
export async function eachThread(
  pid: number,
  tids: readonly number[],
  take: (tid: number, facts: ThreadFacts, folder: string) => void,
): Promise<void> {
  for (const [index, tid] of tids.entries()) {
    if (index % threadsPerTurn === threadsPerTurn - 1) await new Promise(setImmediate);
    const folder = `/proc/${pid}/task/${tid}`;
    const facts = factsOf(folder);
    if (facts !== null) take(tid, facts, folder);
  }
}

function factsOf(folder: string): ThreadFacts | null {
  const stat = readSmall(`${folder}/stat`);
  if (stat === null) return null;
  const nameEnd = stat.lastIndexOf(')');
  const waitsIn = readSmall(`${folder}/wchan`)?.trim() ?? '';
  return {
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    state: stat[nameEnd + 2] ?? '?',
    waitsIn: waitsIn === '0' ? '' : waitsIn,
    call: callOf(readSmall(`${folder}/syscall`)),
  };
}

/** proc_pid_syscall(5): number, six arguments, stack pointer, program counter; `running`; or -1 outside of any call. */
function callOf(text: string | null): ThreadFacts['call'] {
  const [number = '', ...rest] = text?.trim().split(' ') ?? [];
  return /^\d+$/.test(number) ? { name: syscallName(Number(number)), arguments: rest.slice(0, 6) } : null;
}

function textOf({ name, state, waitsIn, call }: ThreadFacts, kernelStack: string | null): string {
  const waits = waitsIn === '' ? '' : `, waits in ${waitsIn}`;
  const inCall = call === null ? '' : `, in ${call.name}(${call.arguments.join(', ')})`;
  const stack = kernelStack?.trim() ?? '';
  const kernel = stack === '' ? '' : `${stack.replace(/^\[<\w+>\] */gm, '    kernel: ')}\n`;
  return `${name}: ${state} (${stateWords[state] ?? 'unknown'})${waits}${inCall}\n${kernel}\n`;
}
