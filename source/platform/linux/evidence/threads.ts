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

/** Every thread as the kernel sees it: state, where it waits, in which call, and its kernel stack where we may see it (root). */
export async function lookAtThreads(pid: number): Promise<ThreadLook> {
  const tids = threadsOf(pid);
  const running: number[] = [];
  let hangsInKernel = false;
  let text = `${tids.length} thread${tids.length === 1 ? '' : 's'} of process ${pid}, as the kernel sees them\n\n`;
  for (const [index, tid] of tids.slice(0, threadsBound).entries()) {
    if (index % threadsPerTurn === threadsPerTurn - 1) await new Promise(setImmediate);
    const folder = `/proc/${pid}/task/${tid}`;
    const look = lookAtThread(folder);
    if (look === null) continue;
    if (look.state === 'R') running.push(tid);
    if (look.state === 'D') hangsInKernel = true;
    text += `thread ${tid} ${look.text}`;
  }
  if (tids.length > threadsBound) text += `and ${tids.length - threadsBound} more threads, which were not looked at\n`;
  return { text, running, hangsInKernel };
}

function lookAtThread(folder: string): { readonly state: string; readonly text: string } | null {
  const stat = readSmall(`${folder}/stat`);
  if (stat === null) return null;
  const nameEnd = stat.lastIndexOf(')');
  const name = stat.slice(stat.indexOf('(') + 1, nameEnd);
  const state = stat[nameEnd + 2] ?? '?';
  const wchan = readSmall(`${folder}/wchan`);
  const waits = wchan === null || wchan === '' || wchan === '0' ? '' : `, waits in ${wchan.trim()}`;
  const stack = readSmall(`${folder}/stack`)?.trim() ?? '';
  const kernel = stack === '' ? '' : `${stack.replace(/^\[<\w+>\] */gm, '    kernel: ')}\n`;
  return {
    state,
    text: `${name}: ${state} (${stateWords[state] ?? 'unknown'})${waits}${call(readSmall(`${folder}/syscall`))}\n${kernel}\n`,
  };
}

/** proc_pid_syscall(5): number, six arguments, stack pointer, program counter; `running`; or -1 outside of any call. */
function call(text: string | null): string {
  if (text === null) return '';
  const [number = '', ...rest] = text.trim().split(' ');
  if (!/^\d+$/.test(number)) return '';
  return `, in ${syscallName(Number(number))}(${rest.slice(0, 6).join(', ')})`;
}
