// One datagram of sd_notify(3), read: pure.
import type { Message } from '../../ports/messages.ts';
import { oneLine } from '../one-line.ts';

export interface ReadMessage {
  /** Without `main`: whether that pid is one of its own has to be looked up. */
  readonly message: Omit<Message, 'main'>;
  /** MAINPID=; null: it does not say. */
  readonly mainPid: number | null;
  /** What it says in a way that means nothing. */
  readonly flaws: readonly Flaw[];
}

export interface Flaw {
  readonly said: string;
  readonly reason: string;
}

type Found = { -readonly [Key in keyof Omit<Message, 'main'>]: Message[Key] } & { mainPid?: number };

/** Ten years: what is longer (infinity is all bits set) is no deadline any more. */
const longestMs = 10 * 366 * 86_400_000;

/** A time in microseconds, in ms rounded up; null: it is none. */
function milliseconds(value: string): number | null {
  return /^\d{1,20}$/.test(value) ? Math.min(Math.ceil(Number(value) / 1000), longestMs) : null;
}

const noTime = 'it is not a number of microseconds';

/** **The table** of assignments: takes the value into what was found, or says what is wrong with it. */
const assignments: Readonly<Record<string, (found: Found, value: string) => string | null>> = {
  READY: (found, value) => {
    if (value === '1') found.ready = true;
    return null;
  },
  // MONOTONIC_USEC, which comes with it, says when the reload began, for a manager that has asked for it by a signal. We do not ask.
  RELOADING: (found, value) => {
    if (value === '1') found.reloading = true;
    return null;
  },
  STOPPING: (found, value) => {
    if (value === '1') found.stopping = true;
    return null;
  },
  STATUS: (found, value) => {
    found.status = oneLine(value);
    return null;
  },
  WATCHDOG: (found, value) => {
    if (value !== '1' && value !== 'trigger') return 'it is neither 1 nor trigger';
    found.watchdog = value === '1' ? 'alive' : 'trigger';
    return null;
  },
  WATCHDOG_USEC: (found, value) => {
    const limitMs = milliseconds(value);
    if (limitMs === null) return noTime;
    found.heartbeatMs = limitMs === longestMs ? 0 : limitMs;
    return null;
  },
  EXTEND_TIMEOUT_USEC: (found, value) => {
    const extendMs = milliseconds(value);
    if (extendMs === null) return noTime;
    found.extendMs = extendMs;
    return null;
  },
  MAINPID: (found, value) => {
    const pid = /^\d{1,10}$/.test(value) ? Number(value) : 0;
    // Bounded by the kernel: PID_MAX_LIMIT in <linux/threads.h>.
    if (pid < 1 || pid > 4_194_304) return 'it is not a pid';
    found.mainPid = pid;
    return null;
  },
  // BARRIER=1, FDSTORE=1, ERRNO=, EXIT_STATUS= and all others mean nothing here; descriptors that come along are closed by the kernel.
};

/** Lines of NAME=value. Others, and names that are not known, are ignored, as sd_notify(3) asks; of a name said twice the first counts. */
export function readMessage(text: string): ReadMessage {
  const found: Found = {};
  const flaws: Flaw[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(at, 0));
    const assign = Object.hasOwn(assignments, name) ? assignments[name] : undefined;
    if (assign === undefined || seen.has(name)) continue;
    seen.add(name);
    // A program in C may send the zero byte that ends its string.
    const reason = assign(found, line.slice(at + 1).replace(/[\0\s]+$/, ''));
    if (reason !== null) flaws.push({ said: excerpt(line), reason });
  }
  const { mainPid = null, ...message } = found;
  return { message, mainPid, flaws };
}

export function saysNothing(message: Message): boolean {
  return Object.keys(message).length === 0;
}

/** For a notice: what was said, short and on one line. */
export function excerpt(text: string): string {
  const line = oneLine(text.replace(/\n+$/, '').replaceAll('\n', ', '));
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
