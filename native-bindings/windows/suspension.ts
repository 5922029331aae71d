import { isSuccess, ntdll } from './nt-library.ts';
import { closeHandle } from './process-handle.ts';
import { kernel32 } from './system-library.ts';

const openThread = kernel32.func('intptr_t __stdcall OpenThread(uint32_t rights, int isInherited, uint32_t tid)');
const queryThread = ntdll.func(
  'int32_t __stdcall NtQueryInformationThread(intptr_t thread, int class, void *buffer, uint32_t bytes, void *needed)',
);
const resumeProcess = ntdll.func(
  'int32_t __stdcall NtResumeProcess(intptr_t process, intptr_t a, intptr_t b, intptr_t c, intptr_t d)',
);

/** <winnt.h> */
const THREAD_QUERY_INFORMATION = 0x0040;
/** <winternl.h>, Windows 8.1. */
const ThreadSuspendCount = 35;

/** NtQueryInformationThread, <winternl.h>: how often a thread was suspended without having been resumed; null where it cannot be asked. */
export function suspendCount(tid: number): number | null {
  const thread = openThread(THREAD_QUERY_INFORMATION, 0, tid) as number;
  if (thread === 0) return null;
  const count = Buffer.alloc(4);
  const status = queryThread(thread, ThreadSuspendCount, count, 4, Buffer.alloc(4)) as number;
  closeHandle(thread);
  return isSuccess(status) ? count.readUInt32LE(0) : null;
}

/** NtResumeProcess, ntdll: lets all threads of a suspended process go on. Needs SUSPEND_RESUME. */
export function resumeAll(process: number): boolean {
  return isSuccess(resumeProcess(process, 0, 0, 0, 0) as number);
}
