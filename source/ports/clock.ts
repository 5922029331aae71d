/** One moment on two clocks. Decisions use the monotonic one; people are shown the wall clock. */
export interface Moment {
  /** CLOCK_MONOTONIC in ms. Runs on over restarts of the engine, starts anew with each boot. */
  readonly monoMs: number;
  /** Milliseconds since 1970. May jump. */
  readonly wallMs: number;
}

export interface Clock {
  now(): Moment;
  /** Tells one boot from the next (Linux: /proc/sys/kernel/random/boot_id). */
  bootId(): string;
}

export interface Timers {
  /** Calls `ring` once when the monotonic clock has reached `atMs`. Setting a key again replaces its timer. */
  set(key: string, atMs: number, ring: () => void): void;
  clear(key: string): void;
}
