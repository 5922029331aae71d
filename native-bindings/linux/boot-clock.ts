import { checked, libc } from './libc.ts';

const clockGettime = libc.func('int clock_gettime(int clock, void *time)');

/** <time.h> */
const CLOCK_BOOTTIME = 7;
const time = Buffer.alloc(16);

/** clock_gettime(2) CLOCK_BOOTTIME in ms: the clock by which the kernel counts the start times of processes. Asked directly, since containers may show another /proc/uptime. */
export function bootTimeMs(): number {
  const result = checked(clockGettime(CLOCK_BOOTTIME, time));
  if (result < 0) throw new Error(`clock_gettime(CLOCK_BOOTTIME) failed (errno ${-result})`);
  return Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / 1e6;
}
