import { statSync } from 'node:fs';
import type { FileMark } from '../ports/meter.ts';

/** Null when there is no such file. */
export function readFileMark(path: string): FileMark | null {
  try {
    const { size, mtimeMs } = statSync(path);
    return { sizeBytes: size, writtenAtMs: mtimeMs };
  } catch {
    // Not there, or in a folder that is closed to us: in either case nothing is seen of it.
    return null;
  }
}
