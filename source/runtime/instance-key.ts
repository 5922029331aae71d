import type { Instance } from '../ports/instance.ts';

/** One instance as the key of a map: the same for every value that names it. */
export function instanceKey({ pid, startTime }: Instance): string {
  return `${pid}.${startTime}`;
}
