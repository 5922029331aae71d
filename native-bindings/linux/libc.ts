import { constants } from 'node:os';
import { koffi } from '../load-koffi.ts';

/** glibc 2.29 or later (2018): posix_spawn_file_actions_addchdir_np is the youngest function that is needed. */
export const libc = koffi.load('libc.so.6');

/**
 * Result of a native call in the kernel's own convention: zero or more is success, less is -errno.
 * An operating error is a value here; nothing in this folder throws one.
 */
export type Result = number;

/** Turns the C library's "-1, and errno" into `-errno`. */
export function checked(result: number): Result {
  return result === -1 ? -koffi.errno() : result;
}

/** <errno.h>, as far as callers decide by it. */
export const errno = constants.errno;
