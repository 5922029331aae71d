// Reads /proc: what the kernel says of one process.
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { bootTimeMs } from '../../../native-bindings/linux/boot-clock.ts';
import { errno } from '../../../native-bindings/linux/libc.ts';
import { readLink } from '../../../native-bindings/linux/read-link.ts';
import { readOnce } from '../../../native-bindings/linux/read-once.ts';
import type { Instance } from '../../ports/instance.ts';
import { withReservedDescriptor } from './reserved-descriptor.ts';
import { type ProcessStat, parseStat } from './stat-line.ts';

export type { ProcessStat } from './stat-line.ts';

/** USER_HZ is 100 on every architecture that we run on. */
export const ticksPerSecond = 100;
const ticksPerMs = ticksPerSecond / 1000;

/** More of a command line or environment than this is not looked at. */
const room = 128 * 1024;
const buffer = Buffer.allocUnsafeSlow(room);

/** The file's text, one byte a character; null when the process is gone or we may not read it. Much cheaper than readFileSync. */
function readProcFile(path: string): string | null {
  const length = readIntoBuffer(path);
  return length === null ? null : buffer.toString('latin1', 0, length);
}

/** How many bytes of it stand in the buffer now; null as above. */
function readIntoBuffer(path: string): number | null {
  try {
    return withReservedDescriptor(() => readWhole(path));
  } catch {
    return null;
  }
}

function readWhole(path: string): number {
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const more = readSync(descriptor, buffer, length, room - length, null);
      length += more;
      // A short read ends the small files of /proc; only long command lines and environments come in pieces of a page.
      if (more === 0 || length === room || (more < 4096 && length < 4096)) break;
    }
    return length;
  } finally {
    closeSync(descriptor);
  }
}

/** More than one line of /proc/PID/stat, all of /proc/PID/status, or the longest path. */
const line = Buffer.allocUnsafeSlow(8192);

export function readStat(pid: number): ProcessStat | null {
  return readStatLine(pid, `/proc/${pid}/stat`);
}

/** Of one of its threads. */
export function readThreadStat(pid: number, thread: number): ProcessStat | null {
  return readStatLine(thread, `/proc/${pid}/task/${thread}/stat`);
}

function readStatLine(id: number, path: string): ProcessStat | null {
  const length = readLine(path);
  return length === null ? null : parseStat(id, line, length);
}

/** The text of a small file of /proc or a cgroup, one byte a character; null when it is not there, or may not be read. */
export function readSmallFile(path: string): string | null {
  const length = readLine(path);
  return length === null ? null : line.toString('latin1', 0, length);
}

/** Into `line`. */
function readLine(path: string): number | null {
  const length = readOnce(path, line);
  if (length >= 0) return length;
  if (length !== -errno.EMFILE && length !== -errno.ENFILE) return null;
  // Out of descriptors is no reason to take the living for dead.
  const text = readProcFile(path);
  return text === null ? null : line.write(text, 'latin1');
}

/** A zombie has ended; only its parent has not looked yet. */
export function isLiving(stat: ProcessStat): boolean {
  return stat.state !== 'Z' && stat.state !== 'X' && stat.state !== 'x';
}

export function instanceOf(stat: ProcessStat): Instance {
  const agoMs = bootTimeMs() - stat.startTime / ticksPerMs;
  return { pid: stat.pid, startTime: stat.startTime, startedAtMs: Math.round(Date.now() - agoMs) };
}

/** Its stat, if this very instance still exists (as a zombie too). */
export function statOf(instance: Instance): ProcessStat | null {
  const stat = readStat(instance.pid);
  return stat?.startTime === instance.startTime ? stat : null;
}

export function ageMs(stat: ProcessStat): number {
  return bootTimeMs() - stat.startTime / ticksPerMs;
}

export function listPids(): number[] {
  const pids: number[] = [];
  for (const name of withReservedDescriptor(() => readdirSync('/proc'))) {
    const first = name.charCodeAt(0);
    if (first >= 48 && first <= 57) pids.push(Number(name));
  }
  return pids;
}

function readTarget(path: string): string | null {
  const length = readLink(path, line);
  return length < 0 ? null : line.toString('utf8', 0, length);
}

const deletedMark = / \(deleted\)$/;

/** Null for kernel threads, and where we may not look. */
export function readExecutable(pid: number): string | null {
  // After an upgrade the old program runs on without a name.
  return readTarget(`/proc/${pid}/exe`)?.replace(deletedMark, '') ?? null;
}

/** The folder it works in; null where we may not look. */
export function readDirectory(pid: number): string | null {
  return readTarget(`/proc/${pid}/cwd`)?.replace(deletedMark, '') ?? null;
}

export function readArguments(pid: number): string[] {
  const text = readProcFile(`/proc/${pid}/cmdline`);
  if (text === null || text === '') return [];
  return Buffer.from(text, 'latin1').toString('utf8').replace(/\0+$/, '').split('\0');
}

/** The value of NAME in its environment, as it was at exec; null when it is not there or we may not look. Programs that set their title may have overwritten it. */
export function readFromEnvironment(pid: number, name: string): string | null {
  const text = `\0${readProcFile(`/proc/${pid}/environ`) ?? ''}`;
  const at = text.indexOf(`\0${name}=`);
  if (at < 0) return null;
  const from = at + name.length + 2;
  const end = text.indexOf('\0', from);
  return text.slice(from, end < 0 ? undefined : end);
}

/** Where a descriptor leads; null when it is closed or we may not look. */
export function readDescriptor(pid: number, descriptor: number): string | null {
  return readTarget(`/proc/${pid}/fd/${descriptor}`);
}

/** Real user number of a process. */
export function readRealUser(pid: number): number | null {
  const found = /^Uid:\s+(\d+)/m.exec(readProcFile(`/proc/${pid}/status`) ?? '');
  return found === null ? null : Number(found[1]);
}

/** CAP_SYS_PTRACE: may we see what others' processes hide? */
export function maySeeAll(): boolean {
  const found = /^CapEff:\s+([0-9a-f]+)/m.exec(readProcFile('/proc/self/status') ?? '');
  return found !== null && (BigInt(`0x${found[1]}`) & (1n << 19n)) !== 0n;
}
