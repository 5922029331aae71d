/** The fields of /proc/PID/stat that matter here; see proc_pid_stat(5). The same line of a thread is its own, but for memory and the number of threads. */
export interface ProcessStat {
  readonly pid: number;
  /** The program's name, at most 15 characters; changes with exec. */
  readonly name: string;
  /** R running, S sleeping, D uninterruptible, T stopped, t halted by a tracer, Z zombie, X dead ... */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since boot. */
  readonly startTime: number;
  /** In user and kernel mode, in ticks. */
  readonly cpuTicks: number;
  /** Of its children that have ended and were waited for, and of theirs. */
  readonly endedChildrenCpuTicks: number;
  readonly threads: number;
  readonly residentPages: number;
  /** Wait status of a zombie; zero for those who may not see it. */
  readonly exitCode: number;
}

const lastField = 52;
const fields = new Float64Array(lastField + 1);
const bracketOpen = 0x28;
const bracketClose = 0x29;
const blank = 0x20;
const digitZero = 0x30;

/** From the bytes, without a string for each field: these lines are read by the thousand. Null when it is no such line. */
export function parseStat(pid: number, bytes: Buffer, length: number): ProcessStat | null {
  // The name stands in brackets and may contain anything, brackets and blanks included.
  const nameStart = bytes.indexOf(bracketOpen) + 1;
  const nameEnd = bytes.lastIndexOf(bracketClose, length - 1);
  if (nameStart === 0 || nameEnd < nameStart || nameStart > length) return null;
  const stateAt = nameEnd + 2;
  if (readFields(bytes, stateAt + 2, length) < 24) return null;
  return {
    pid,
    name: bytes.toString('latin1', nameStart, nameEnd),
    state: String.fromCharCode(bytes[stateAt] ?? 0),
    parent: number(4),
    group: number(5),
    session: number(6),
    startTime: number(22),
    cpuTicks: number(14) + number(15),
    endedChildrenCpuTicks: number(16) + number(17),
    threads: number(20),
    residentPages: number(24),
    exitCode: number(lastField),
  };
}

/** A whole number that fits is one for V8 too; as it stands in the list it is a fraction, each kept in 16 bytes of its own. */
function number(field: number): number {
  const value = fields[field] ?? 0;
  const small = value | 0;
  return small === value ? small : value;
}

/** Reads the numbers from field 4 on; returns the last that was there. A minus is skipped: no field that is used can bear one. */
function readFields(bytes: Buffer, from: number, length: number): number {
  let field = 4;
  let value = 0;
  for (let at = from; at < length && field <= lastField; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === blank) {
      fields[field] = value;
      field += 1;
      value = 0;
    } else if (byte >= digitZero) value = value * 10 + byte - digitZero;
  }
  if (field <= lastField) fields[field] = value;
  for (let missing = field + 1; missing <= lastField; missing++) fields[missing] = 0;
  return Math.min(field, lastField);
}
