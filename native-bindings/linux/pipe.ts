import { checked, libc, type Result } from './libc.ts';
import { closeDescriptor } from './pidfd.ts';

const pipe2 = libc.func('int pipe2(void *ends, int flags)');
const fcntl = libc.func('int fcntl(int fd, int command, int argument)');

/** <fcntl.h> */
const O_CLOEXEC = 0o2000000;
const O_NONBLOCK = 0o4000;
const F_SETFL = 4;

export interface PipeEnds {
  /** Reading never waits. */
  readonly read: number;
  /** Writing waits, as programs expect. */
  readonly write: number;
}

/** pipe2(2), fcntl(2) F_SETFL: both ends are closed at exec. EMFILE, ENFILE: no descriptors are left. */
export function openPipe(): PipeEnds | Result {
  const ends = Buffer.alloc(8);
  const result = checked(pipe2(ends, O_CLOEXEC));
  if (result < 0) return result;
  const pipe = { read: ends.readInt32LE(0), write: ends.readInt32LE(4) };
  const set = checked(fcntl(pipe.read, F_SETFL, O_NONBLOCK));
  if (set >= 0) return pipe;
  closeDescriptor(pipe.read);
  closeDescriptor(pipe.write);
  return set;
}
