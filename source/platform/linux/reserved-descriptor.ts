import { closeSync, openSync } from 'node:fs';

let reserve: number | null = openReserve();

function openReserve(): number | null {
  try {
    return openSync('/dev/null', 'r');
  } catch {
    return null;
  }
}

/**
 * Does work that needs one descriptor for a moment, even when all are taken: one is kept back for that.
 * Else an engine out of descriptors could not read /proc, and would take the living for dead.
 */
export function withReservedDescriptor<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'EMFILE' && code !== 'ENFILE') || reserve === null) throw error;
    closeSync(reserve);
    try {
      return work();
    } finally {
      reserve = openReserve();
    }
  }
}
