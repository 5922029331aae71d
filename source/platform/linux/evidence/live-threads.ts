// The threads of a living process for somebody who looks on: the facts of stack.txt, again and again, without stopping anything.
import { readFileSync } from 'node:fs';
import type { Instance } from '../../../ports/instance.ts';
import type { ThreadSeen, ThreadsSeen } from '../../../ports/thread.ts';
import { readDescriptor, statOf } from '../proc.ts';
import { readSmall, threadsOf } from './proc-text.ts';
import { eachThread, type ThreadFacts } from './threads.ts';

const ended: ThreadsSeen = { threads: [], more: 0, problem: 'it has ended meanwhile' };

/** At most `most` of them. Nothing here goes through the memory of the process, so that a hang of it cannot become ours. */
export async function lookAtLiveThreads(instance: Instance, most: number): Promise<ThreadsSeen> {
  if (statOf(instance) === null) return ended;
  const { pid } = instance;
  const tids = threadsOf(pid);
  const threads: ThreadSeen[] = [];
  await eachThread(pid, tids.slice(0, most), (tid, facts, folder) => {
    const { name, state, waitsIn, call } = facts;
    const runs = Number(readSmall(`${folder}/schedstat`)?.split(' ')[2] ?? 0);
    threads.push({ tid, name, state, waitsIn, call: call?.name ?? '', file: fileOf(pid, facts), runs });
  });
  // Its number may be another's by now.
  if (statOf(instance) === null) return ended;
  return { threads, more: Math.max(0, tids.length - most), problem: whyHidden(pid) };
}

/** Calls that can last, and whose first argument is a descriptor. */
const aboutDescriptor = new Set(
  `read write pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2 fsync fdatasync sync_file_range ftruncate fallocate
  flock fcntl ioctl getdents64 fstat syncfs accept accept4 connect recvfrom recvmsg recvmmsg sendto sendmsg sendmmsg close`.split(
    /\s+/,
  ),
);

function fileOf(pid: number, { call }: ThreadFacts): string {
  if (call === null || !aboutDescriptor.has(call.name)) return '';
  return readDescriptor(pid, Number(call.arguments[0])) ?? '';
}

/** Where its threads wait is told to its own user and to root only; their states to everybody. */
function whyHidden(pid: number): string | null {
  try {
    readFileSync(`/proc/${pid}/syscall`);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM'
      ? 'where its threads wait may not be seen: it runs as another user, and the engine not as root'
      : null;
  }
}
