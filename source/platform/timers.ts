import type { Clock, Timers } from '../ports/clock.ts';

interface Alarm {
  readonly key: string;
  readonly atMs: number;
  readonly ring: () => void;
}

/** setTimeout counts in 32 bits; a longer wait is done in pieces. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * Any number of keyed timers on one setTimeout: a heap ordered by time, in which a replaced or cleared entry stays
 * until it comes up or until such leftovers are the greater part.
 */
export class HeapTimers implements Timers {
  private readonly clock: Clock;
  private readonly current = new Map<string, Alarm>();
  private heap: Alarm[] = [];
  private timeout: NodeJS.Timeout | null = null;
  private timeoutAtMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  set(key: string, atMs: number, ring: () => void): void {
    const alarm = { key, atMs, ring };
    this.current.set(key, alarm);
    this.push(alarm);
    if (this.heap.length > 64 && this.heap.length > this.current.size * 2) this.rebuild();
    this.arm();
  }

  clear(key: string): void {
    // The timeout stays as it is: an early wake-up is cheaper than arming it anew at every change.
    this.current.delete(key);
  }

  close(): void {
    if (this.timeout !== null) clearTimeout(this.timeout);
    this.timeout = null;
    this.current.clear();
    this.heap = [];
  }

  private arm(): void {
    this.dropLeftovers();
    const first = this.heap[0];
    if (first === undefined || this.timeoutAtMs <= first.atMs) return;
    if (this.timeout !== null) clearTimeout(this.timeout);
    this.timeoutAtMs = first.atMs;
    // Rounded up, so that it never wakes a fraction of a millisecond early and finds nothing due.
    const waitMs = Math.ceil(first.atMs - this.clock.now().monoMs);
    this.timeout = setTimeout(() => this.wake(), Math.min(Math.max(waitMs, 0), longestWaitMs));
  }

  private wake(): void {
    this.timeout = null;
    this.timeoutAtMs = Number.POSITIVE_INFINITY;
    const nowMs = this.clock.now().monoMs;
    // Taken out first: what rings may set timers that are due already, and these wait for the next turn.
    const due: Alarm[] = [];
    for (;;) {
      this.dropLeftovers();
      const first = this.heap[0];
      if (first === undefined || first.atMs > nowMs) break;
      this.pop();
      due.push(first);
    }
    for (const alarm of due) {
      if (this.current.get(alarm.key) !== alarm) continue;
      this.current.delete(alarm.key);
      alarm.ring();
    }
    this.arm();
  }

  private dropLeftovers(): void {
    while (this.heap[0] !== undefined && this.current.get(this.heap[0].key) !== this.heap[0]) this.pop();
  }

  private rebuild(): void {
    // A sorted array is a heap.
    this.heap = [...this.current.values()].sort((a, b) => a.atMs - b.atMs);
  }

  private push(alarm: Alarm): void {
    const heap = this.heap;
    let at = heap.length;
    heap.push(alarm);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Alarm;
      if (above.atMs <= alarm.atMs) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = alarm;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as Alarm).atMs < (heap[child] as Alarm).atMs) child += 1;
      if ((heap[child] as Alarm).atMs >= last.atMs) break;
      heap[at] = heap[child] as Alarm;
      at = child;
    }
    heap[at] = last;
  }
}
