// Reads /proc: what the kernel says of one process.
import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { bootTimeMs } from '../../../native-bindings/linux/boot-clock.ts';
import type { Instance } from '../../ports/instance.ts';
import { withReservedDescriptor } from './reserved-descriptor.ts';

/** The fields of /proc/PID/stat that matter here; see proc_pid_stat(5). */
export interface ProcessStat {
  readonly pid: number;
  /** The program's name, at most 15 characters; changes with exec. */
  readonly name: string;
  /** R running, S sleeping, D uninterruptible, T stopped, Z zombie, X dead ... */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since boot. */
  readonly startTime: number;
  /** In user and kernel mode, in ticks. */
  readonly cpuTicks: number;
  readonly residentPages: number;
  /** Wait status of a zombie; zero for those who may not see it. */
  readonly exitCode: number;
}

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

const code = { blank: 32, opening: 40, closing: 41, zero: 48, nine: 57 } as const;

/** The numbers that are asked for, by the number of their field; nothing else is put here, so that all stay small integers. */
const wanted = [4, 5, 6, 14, 15, 22, 24, 52];
const fields: number[] = Array.from({ length: 53 }, () => 0);
const isWanted = fields.map((_, field) => wanted.includes(field));

/** Read where it lies: as words of text a scan of a thousand processes would leave three megabytes of garbage behind. */
export function readStat(pid: number): ProcessStat | null {
  const length = readIntoBuffer(`/proc/${pid}/stat`);
  if (length === null) return null;
  // The name stands in brackets and may contain anything, brackets and blanks included.
  const nameEnd = buffer.lastIndexOf(code.closing, length - 1);
  if (nameEnd < 0 || readNumbers(nameEnd + 2, length) < 24) return null;
  const number = (field: number) => fields[field] as number;
  return {
    pid,
    name: buffer.toString('latin1', buffer.indexOf(code.opening) + 1, nameEnd),
    state: String.fromCharCode(buffer[nameEnd + 2] as number),
    parent: number(4),
    group: number(5),
    session: number(6),
    startTime: number(22),
    cpuTicks: number(14) + number(15),
    residentPages: number(24),
    exitCode: number(52),
  };
}

/** Reads the fields from the third on, the state; none of the wanted ones has a sign. Returns how many there are. */
function readNumbers(start: number, end: number): number {
  let field = 3;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = buffer[at] as number;
    if (byte >= code.zero && byte <= code.nine) value = value * 10 + byte - code.zero;
    else if (byte === code.blank) {
      if (isWanted[field] === true) fields[field] = value;
      field += 1;
      value = 0;
    }
  }
  if (isWanted[field] === true) fields[field] = value;
  return field;
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

/** Null for kernel threads, and where we may not look. */
export function readExecutable(pid: number): string | null {
  try {
    // After an upgrade the old program runs on without a name.
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

/** The folder it works in; null where we may not look. */
export function readDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
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
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return null;
  }
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
