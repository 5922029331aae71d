import { readFileSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';

/** The clocks of this machine. */
export function createClock(): Clock {
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return {
    now() {
      const [seconds, nanoseconds] = process.hrtime();
      return { monoMs: seconds * 1000 + nanoseconds / 1e6, wallMs: Date.now() };
    },
    bootId: () => bootId,
  };
}
