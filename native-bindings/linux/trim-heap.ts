import { libc } from './libc.ts';

const trim = libc.func('int malloc_trim(size_t pad)');

/** malloc_trim(3): gives what the C library holds free, in the arenas of all threads, back to the kernel. */
export function trimHeap(): void {
  trim(0);
}
