import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What was written to the file from `offset` on, at most the last 4 KiB. */
export function writtenSince(file: string, offset: number): string {
  const longest = 4096;
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const from = Math.max(offset, size - longest, 0);
      const bytes = Buffer.alloc(Math.max(size - from, 0));
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}
