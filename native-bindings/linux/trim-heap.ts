import { libc } from './libc.ts';

const trim = libc.func('int malloc_trim(size_t pad)');
const set = libc.func('int mallopt(int parameter, int value)');

/** <malloc.h> */
const M_TRIM_THRESHOLD = -1;
const M_MMAP_THRESHOLD = -3;

/** In bytes; glibc begins with it, and raises both bounds to 64 MB as larger and larger pieces are freed. */
const keptFree = 128 * 1024;

/** malloc_trim(3): gives what the C library holds free, in the arenas of all threads, back to the kernel. */
export function trimHeap(): void {
  trim(0);
}

/** mallopt(3): from now on no thread's arena keeps more than 128 KB free at its end. */
export function keepHeapTrimmed(): void {
  set(M_MMAP_THRESHOLD, keptFree);
  set(M_TRIM_THRESHOLD, keptFree);
}
