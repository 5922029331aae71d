// Gives back the memory of program code that ran once, at start, and is not needed at rest.
import { readFileSync } from 'node:fs';
import { koffi } from '../load-koffi.ts';

/** <bits/mman-linux.h> */
const MADV_DONTNEED = 4;

const libc = koffi.load('libc.so.6');
/** <sys/mman.h>: 0, or -1 with errno (EINVAL for an address that is not mapped). */
const madvise = libc.func('int madvise(uintptr_t address, size_t length, int advice)');

/** Read-only mappings of files; the fields of /proc/PID/smaps: range, permissions, offset, device, inode, path. */
const cleanFileMapping = /^([0-9a-f]+)-([0-9a-f]+) r-[x-]p \S+ \S+ [1-9]\d* +\/.*/;

/**
 * Takes the clean file pages (code and constants of this program and its libraries) out of the resident set. Nothing is
 * lost: the kernel keeps them in its page cache and maps each again, in microseconds, when it is next touched. Returns
 * the number of bytes looked at. A mapping with even one page of its own (relocated data) is left alone: dropping that would be loss.
 */
export function unmapCleanPages(): number {
  let bytes = 0;
  for (const mapping of readFileSync('/proc/self/smaps', 'utf8').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)) {
    const range = cleanFileMapping.exec(mapping);
    if (range === null || !/^Anonymous: +0 kB$/m.test(mapping)) continue;
    const start = Number.parseInt(range[1] ?? '', 16);
    const length = Number.parseInt(range[2] ?? '', 16) - start;
    if (madvise(start, length, MADV_DONTNEED) === 0) bytes += length;
  }
  return bytes;
}
