import { checked, libc, type Result } from './libc.ts';

const readlink = libc.func('long readlink(const char *path, void *buffer, size_t size)');

/**
 * readlink(2): how many bytes of the link's target came; where the buffer is full there may be more. An error costs no more than an
 * answer, while node:fs makes an exception of it: most links of /proc are asked for where we may not look.
 * ENOENT no such process, or a kernel thread, which has no program · EACCES, EPERM not ours to see · ESRCH it ended meanwhile.
 */
export function readLink(path: string, buffer: Buffer): Result {
  return checked(readlink(path, buffer, buffer.length));
}
