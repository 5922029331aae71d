import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The most that is read from the end of a file, however long its lines are. */
const usualBytes = 256 * 1024;

/** The last lines of a text file, oldest first; none when it is not there. Bytes that are not UTF-8 are replaced. */
export function lastLines(file: string, count: number, mostBytes = usualBytes): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const length = Math.min(size, mostBytes);
    const buffer = Buffer.alloc(length);
    const read = readSync(descriptor, buffer, 0, length, size - length);
    const lines = buffer.toString('utf8', 0, read).split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines.slice(-count);
  } finally {
    closeSync(descriptor);
  }
}
