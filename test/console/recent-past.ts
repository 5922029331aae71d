// What the engine says of the last minutes and hours of a process.
import type { CountedRestart, InstanceSamples } from '../../source/control/protocol.ts';
import { ago, hour, megabytes, minute } from './fixtures.ts';

/** Every ten seconds of ten minutes: a peak of CPU in the middle, memory that grows. */
export function samples(target: string): readonly InstanceSamples[] {
  const at = (index: number) => ({
    at: ago(600 - index * 10),
    cpuPercent: index > 28 && index < 36 ? 40 + index : 2,
    memoryBytes: megabytes(40 + index),
  });
  return [
    {
      name: target,
      slot: 1,
      pid: 4431,
      outputBytes: 81_920,
      samples: Array.from({ length: 60 }, (_, index) => at(index)),
    },
  ];
}

export function restarts(target: string): readonly CountedRestart[] {
  return [
    { name: target, slot: 1, at: ago(13 * hour) },
    { name: target, slot: 1, at: ago(134 * minute) },
  ];
}
