import { type Stats, statSync } from 'node:fs';

/** What lies at a path; or why nothing can be said of it, as the end of a sentence that begins with the path. Never throws. */
export function look(path: string): Stats | string {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? 'does not exist';
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    return `cannot be reached: ${code}`;
  }
}
