import { checked, libc, type Result } from './libc.ts';

const open = libc.func('int open(const char *path, int flags)');
const read = libc.func('long read(int fd, void *buffer, size_t size)');
const close = libc.func('int close(int fd)');

/** <fcntl.h>, the same number on x64 and arm64; O_RDONLY is zero. */
const O_CLOEXEC = 0o2000000;

/**
 * open(2), one read(2), close(2): how many bytes came. A record of /proc comes whole in one read that has room for it.
 * Costs half of what the same three calls cost through node:fs (3.2 against 5.7 µs for /proc/PID/stat).
 * ENOENT no such process or file · ESRCH it ended between open and read · EACCES, EPERM not ours to see · EMFILE, ENFILE out of descriptors · EOPNOTSUPP switched off in this kernel.
 */
export function readOnce(path: string, buffer: Buffer): Result {
  const descriptor = checked(open(path, O_CLOEXEC));
  if (descriptor < 0) return descriptor;
  const length = checked(read(descriptor, buffer, buffer.length));
  close(descriptor);
  return length;
}
