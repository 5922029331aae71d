// A pidfd names one process for as long as it is open: the kernel never lets it mean another one.

import { decodeWaitStatus, type ExitStatus, signalName } from './exit-status.ts';
import { checked, errno, libc, type Result } from './libc.ts';
import { pidfdInfo, pollDescriptor, signalInfo } from './structs.ts';

// <asm/unistd.h>: these two numbers are the same on x64 and arm64. The C library has had names for them only since 2.36.
const SYS_pidfd_send_signal = 424;
const SYS_pidfd_open = 434;

const syscallOpen = libc.func('long syscall(long number, int pid, uint flags)');
const syscallSignal = libc.func('long syscall(long number, int pidfd, int signal, void *info, uint flags)');
const waitid = libc.func('int waitid(int idtype, uint id, void *info, int options)');
const ioctl = libc.func('int ioctl(int fd, ulong request, void *argument)');
const poll = libc.func('int poll(void *descriptors, ulong count, int timeout)');

/**
 * pidfd_open(2), Linux 5.3. Closed on exec by itself.
 * ESRCH no such process · EINVAL not a process (a thread, or a bad number) · EMFILE/ENFILE out of descriptors · ENOSYS old kernel.
 */
export function pidfdOpen(pid: number): Result {
  return checked(syscallOpen(SYS_pidfd_open, pid, 0));
}

/**
 * pidfd_send_signal(2), Linux 5.1. Signal 0 only asks whether it lives.
 * ESRCH it has ended · EPERM not ours to signal · EINVAL no such signal.
 */
export function pidfdSendSignal(pidfd: number, signal: number): Result {
  return checked(syscallSignal(SYS_pidfd_send_signal, pidfd, signal, null, 0));
}

/** <sys/wait.h> */
const P_PIDFD = 3;
const WNOHANG = 1;
const WEXITED = 4;
const CLD_EXITED = 1;
const CLD_DUMPED = 3;

/**
 * waitid(2) with P_PIDFD, Linux 5.4: takes the exit status of our own child, which ends its life as a zombie.
 * 'running' when it has not ended; ECHILD (as -errno) when it is not our child, or was waited for before.
 */
export function waitForChild(pidfd: number): ExitStatus | 'running' | Result {
  const info = Buffer.alloc(signalInfo.size);
  const result = checked(waitid(P_PIDFD, pidfd, info, WEXITED | WNOHANG));
  if (result < 0) return result;
  if (info.readInt32LE(signalInfo.pid) === 0) return 'running';
  const code = info.readInt32LE(signalInfo.code);
  const status = info.readInt32LE(signalInfo.status);
  return code === CLD_EXITED ? { code: status } : { signal: signalName(status), core: code === CLD_DUMPED };
}

/** <linux/pidfd.h>: _IOWR(0xFF, 11, struct pidfd_info) and PIDFD_INFO_EXIT. */
const PIDFD_GET_INFO = 0xc000ff0b + pidfdInfo.size * 0x10000;
const PIDFD_INFO_EXIT = 1n << 3n;

/**
 * ioctl PIDFD_GET_INFO with PIDFD_INFO_EXIT, Linux 6.15: the exit status of any process, from the moment its parent has waited for it.
 * Null when it is not there yet. ENOTTY or EINVAL on older kernels · ESRCH reaped, and the kernel keeps no status.
 */
export function readExitInfo(pidfd: number): ExitStatus | null | Result {
  const info = Buffer.alloc(pidfdInfo.size);
  info.writeBigUInt64LE(PIDFD_INFO_EXIT, pidfdInfo.mask);
  const result = checked(ioctl(pidfd, PIDFD_GET_INFO, info));
  if (result < 0) return result;
  const isKnown = (info.readBigUInt64LE(pidfdInfo.mask) & PIDFD_INFO_EXIT) !== 0n;
  return isKnown ? decodeWaitStatus(info.readInt32LE(pidfdInfo.exitCode)) : null;
}

const POLLIN = 1;

/** poll(2) without waiting: which of these pidfds stand for a process that has ended. Thousands in one call. */
export function endedOf(pidfds: readonly number[]): readonly number[] {
  const descriptors = Buffer.alloc(pidfds.length * pollDescriptor.size);
  pidfds.forEach((pidfd, index) => {
    descriptors.writeInt32LE(pidfd, index * pollDescriptor.size + pollDescriptor.descriptor);
    descriptors.writeInt16LE(POLLIN, index * pollDescriptor.size + pollDescriptor.events);
  });
  if (checked(poll(descriptors, pidfds.length, 0)) <= 0) return [];
  return pidfds.filter(
    (_, index) => descriptors.readInt16LE(index * pollDescriptor.size + pollDescriptor.reported) !== 0,
  );
}

/** What this kernel can do, asked once at start. */
export function pidfdSupport(): { readonly open: boolean; readonly exitInfo: boolean } {
  const own = pidfdOpen(process.pid);
  if (own < 0) return { open: own !== -errno.ENOSYS, exitInfo: false };
  const info = readExitInfo(own);
  closeDescriptor(own);
  return { open: true, exitInfo: info === null };
}

const close = libc.func('int close(int fd)');

/** close(2). EBADF would be a fault of ours, so it is an assertion. */
export function closeDescriptor(descriptor: number): void {
  const result = checked(close(descriptor));
  if (result === -errno.EBADF) throw new Error(`close(${descriptor}): not an open descriptor`);
}
