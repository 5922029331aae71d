import { checked, libc } from './libc.ts';

const clockGettime = libc.func('int clock_gettime(int clock, void *time)');

/** <time.h> */
const CLOCK_BOOTTIME = 7;
/** struct timespec of <time.h> on 64 bits, little-endian: seconds, nanoseconds. Read in halves, since a BigInt for each costs more than the call. */
const time = new Uint32Array(4);

/** clock_gettime(2) CLOCK_BOOTTIME in ms: the clock by which the kernel counts the start times of processes. Asked directly, since containers may show another /proc/uptime. */
export function bootTimeMs(): number {
  const result = checked(clockGettime(CLOCK_BOOTTIME, time));
  if (result < 0) throw new Error(`clock_gettime(CLOCK_BOOTTIME) failed (errno ${-result})`);
  const seconds = (time[1] ?? 0) * 2 ** 32 + (time[0] ?? 0);
  return seconds * 1000 + (time[2] ?? 0) / 1e6;
}
