// All processes of the machine with their threads, in one call.
import { koffi } from '../load-koffi.ts';
import { isSuccess, ntdll, STATUS_INFO_LENGTH_MISMATCH } from './nt-library.ts';
import { microseconds } from './process-handle.ts';
import { processInformation as layout, threadInformation as thread } from './structs.ts';

/** What Windows says of one process. Times in µs since 1970, CPU time in ms. */
export interface ListedProcess {
  readonly pid: number;
  /** The pid of whoever created it. It may have ended since, and the number may be another's by now: then that one is younger. */
  readonly parent: number;
  readonly createdAtUs: number;
  /** The file's base name. */
  readonly name: string;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly threadCount: number;
  readonly handleCount: number;
  readonly session: number;
  /** Every thread of it waits to be resumed. */
  readonly isSuspended: boolean;
}

export interface ListedThread {
  readonly tid: number;
  readonly state: number;
  readonly waitReason: number;
  /** How often it was given a CPU. */
  readonly switches: number;
}

/** <winternl.h> SystemProcessInformation. */
const SystemProcessInformation = 5;

/** The two last parameters are no part of it: under Wine a system call with four or fewer, called from outside, never returns. */
const querySystem = ntdll.func(
  'int32_t __stdcall NtQuerySystemInformation(int class, void *buffer, uint32_t bytes, void *needed, intptr_t none, intptr_t nothing)',
);

const needed = Buffer.alloc(4);
let buffer = Buffer.allocUnsafeSlow(256 * 1024);

/** NtQuerySystemInformation, <winternl.h>: fills `buffer`. The list grows while it is asked for, so room for more is made. */
function fill(): boolean {
  for (let tries = 0; tries < 8; tries++) {
    const status = querySystem(SystemProcessInformation, buffer, buffer.length, needed, 0, 0) as number;
    if (isSuccess(status)) return true;
    if (status !== STATUS_INFO_LENGTH_MISMATCH) return false;
    buffer = Buffer.allocUnsafeSlow(Math.max(needed.readUInt32LE(0) + 64 * 1024, buffer.length * 2));
  }
  return false;
}

/** Empty where Windows refuses, which it never does. */
export function listProcesses(): ListedProcess[] {
  const found: ListedProcess[] = [];
  eachEntry((at, base) => {
    // Somebody still holds a handle of one without threads, but it has ended.
    if (buffer.readUInt32LE(at + layout.threadCount) > 0) found.push(readEntry(at, base));
    return true;
  });
  return found;
}

/** The threads of one process, at most `most`, and how many it has; null when it is gone. */
export function listThreads(
  pid: number,
  most: number,
): { readonly threads: readonly ListedThread[]; readonly count: number; readonly createdAtUs: number } | null {
  let found: ReturnType<typeof listThreads> = null;
  eachEntry((at) => {
    if (readNumber(at + layout.pid) !== pid) return true;
    const count = buffer.readUInt32LE(at + layout.threadCount);
    const threads = Array.from({ length: Math.min(count, most) }, (_, index) => readThread(at, index));
    found = { threads, count, createdAtUs: microseconds(buffer.readBigUInt64LE(at + layout.createTime)) };
    return false;
  });
  return found;
}

function eachEntry(visit: (at: number, base: bigint) => boolean): void {
  if (!fill()) return;
  const base = koffi.address(buffer);
  for (let at = 0; ; ) {
    if (!visit(at, base)) return;
    const next = buffer.readUInt32LE(at + layout.nextEntry);
    if (next === 0) return;
    at += next;
  }
}

function readEntry(at: number, base: bigint): ListedProcess {
  const threadCount = buffer.readUInt32LE(at + layout.threadCount);
  return {
    pid: readNumber(at + layout.pid),
    parent: readNumber(at + layout.parent),
    createdAtUs: microseconds(buffer.readBigUInt64LE(at + layout.createTime)),
    name: readName(at, base),
    cpuMs: (readNumber(at + layout.userTime) + readNumber(at + layout.kernelTime)) / 10_000,
    memoryBytes: readNumber(at + layout.workingSet),
    threadCount,
    handleCount: buffer.readUInt32LE(at + layout.handleCount),
    session: buffer.readUInt32LE(at + layout.session),
    isSuspended: threadCount > 0 && areAllSuspended(at, threadCount),
  };
}

/** <wdm.h> KTHREAD_STATE and KWAIT_REASON. */
const Waiting = 5;
const Suspended = 5;

function areAllSuspended(at: number, count: number): boolean {
  for (let index = 0; index < count; index++) {
    const from = at + layout.size + index * thread.size;
    if (buffer.readUInt32LE(from + thread.state) !== Waiting) return false;
    if (buffer.readUInt32LE(from + thread.waitReason) !== Suspended) return false;
  }
  return true;
}

function readThread(at: number, index: number): ListedThread {
  const from = at + layout.size + index * thread.size;
  return {
    tid: readNumber(from + thread.tid),
    state: buffer.readUInt32LE(from + thread.state),
    waitReason: buffer.readUInt32LE(from + thread.waitReason),
    switches: buffer.readUInt32LE(from + thread.switches),
  };
}

/** Its characters stand somewhere in the buffer itself. */
function readName(at: number, base: bigint): string {
  const bytes = buffer.readUInt16LE(at + layout.nameBytes);
  const from = Number(buffer.readBigUInt64LE(at + layout.nameAddress) - base);
  if (bytes === 0 || from < 0 || from + bytes > buffer.length) return '';
  return buffer.toString('utf16le', from, from + bytes);
}

/** Pids, sizes and times of less than 28 years are exact as numbers. */
function readNumber(at: number): number {
  return Number(buffer.readBigUInt64LE(at));
}
