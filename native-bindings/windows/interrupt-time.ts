import { systemLibrary } from './system-library.ts';

const kernelbase = systemLibrary('kernelbase.dll');
const unbiased = kernelbase.func('void __stdcall QueryUnbiasedInterruptTimePrecise(void *time)');
const biased = kernelbase.func('void __stdcall QueryInterruptTimePrecise(void *time)');

const time = Buffer.alloc(8);

/** QueryUnbiasedInterruptTimePrecise, <realtimeapiset.h>, Windows 10: ms since boot, less those in which the machine slept. */
export function awakeMs(): number {
  unbiased(time);
  return Number(time.readBigUInt64LE(0)) / 10_000;
}

/** QueryInterruptTimePrecise: ms since boot, sleep included. */
export function sinceBootMs(): number {
  biased(time);
  return Number(time.readBigUInt64LE(0)) / 10_000;
}
