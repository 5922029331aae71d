// A handle names one process for as long as it is open: Windows never gives its number to another one meanwhile.
import { checked, errorCode, lastError, type Result } from './result.ts';
import { kernel32 } from './system-library.ts';

/** <winnt.h>, rights to a process. */
export const processRight = {
  TERMINATE: 0x0001,
  VM_READ: 0x0010,
  DUP_HANDLE: 0x0040,
  SET_QUOTA: 0x0100,
  QUERY_INFORMATION: 0x0400,
  QUERY_LIMITED_INFORMATION: 0x1000,
  SYNCHRONIZE: 0x0010_0000,
} as const;

const open = kernel32.func('intptr_t __stdcall OpenProcess(uint32_t rights, int isInherited, uint32_t pid)');
const close = kernel32.func('int __stdcall CloseHandle(intptr_t handle)');
const getTimes = kernel32.func(
  'int __stdcall GetProcessTimes(intptr_t process, void *created, void *ended, void *kernel, void *user)',
);
const getExitCode = kernel32.func('int __stdcall GetExitCodeProcess(intptr_t process, void *code)');
const terminate = kernel32.func('int __stdcall TerminateProcess(intptr_t process, uint32_t code)');
const wait = kernel32.func('uint32_t __stdcall WaitForSingleObject(intptr_t handle, uint32_t ms)');

/**
 * OpenProcess, <processthreadsapi.h>. A handle to close, or -error:
 * INVALID_PARAMETER no such process · ACCESS_DENIED another user's, or protected.
 */
export function openProcess(pid: number, rights: number): Result {
  const handle = open(rights, 0, pid) as number;
  return handle === 0 ? lastError() : handle;
}

/** CloseHandle, <handleapi.h>. INVALID_HANDLE would be a fault of ours, so it is an assertion. */
export function closeHandle(handle: number): void {
  const result = checked(close(handle) as number);
  if (result === -errorCode.ERROR_INVALID_HANDLE) throw new Error(`CloseHandle(${handle}): not an open handle`);
}

const times = Buffer.alloc(32);
const code = Buffer.alloc(4);

/** GetProcessTimes, <processthreadsapi.h>: when it was created, see `microseconds`; -error. Needs QUERY_LIMITED_INFORMATION. */
export function creationTime(handle: number): Result {
  const result = checked(
    getTimes(handle, times.subarray(0, 8), times.subarray(8, 16), times.subarray(16, 24), times.subarray(24)) as number,
  );
  return result < 0 ? result : microseconds(times.readBigUInt64LE(0));
}

/** 100 ns from 1601 to 1970. */
const epoch = 116_444_736_000_000_000n;

/**
 * A FILETIME (100 ns since 1601) as whole microseconds since 1970: a number of JavaScript holds no more exactly. Nothing
 * is created twice under one pid within a microsecond.
 */
export function microseconds(fileTime: bigint): number {
  return Number((fileTime - epoch) / 10n);
}

/** WaitForSingleObject, <synchapi.h>, without waiting: it has ended. Needs SYNCHRONIZE. */
export function hasEnded(handle: number): boolean {
  return (wait(handle, 0) as number) === 0;
}

/** GetExitCodeProcess, <processthreadsapi.h>, of one that has ended: for a living one it says 259. Unsigned; -error. */
export function exitCode(handle: number): Result {
  const result = checked(getExitCode(handle, code) as number);
  return result < 0 ? result : code.readUInt32LE(0);
}

/** TerminateProcess, <processthreadsapi.h>. ACCESS_DENIED also where it is ending already. Needs TERMINATE. */
export function terminateProcess(handle: number, status: number): Result {
  return checked(terminate(handle, status) as number);
}
