import { checked, libc, type Result } from './libc.ts';

const flock = libc.func('int flock(int fd, int operation)');

/** <sys/file.h> */
const LOCK_EX = 2;
const LOCK_NB = 4;

/** flock(2), exclusive, without waiting. The kernel lets go of it when the descriptor's last holder dies, kill -9 included. EWOULDBLOCK: held by another. ENOLCK: no memory for locks. */
export function lockFile(descriptor: number): Result {
  return checked(flock(descriptor, LOCK_EX | LOCK_NB));
}
