// Layouts of the C structs that cross into the kernel, on 64-bit Linux (x64 and arm64 agree in all of them).
// This file loads no library; a test compares every number with what a C compiler says.

/** <sys/epoll.h> struct epoll_event: packed on x64 only. */
export const epollEvent = process.arch === 'x64' ? { size: 12, events: 0, data: 4 } : { size: 16, events: 0, data: 8 };

/** <signal.h> siginfo_t as waitid fills it. */
export const signalInfo = { size: 128, code: 8, pid: 16, status: 24 } as const;

/** <linux/pidfd.h> struct pidfd_info, first published size. */
export const pidfdInfo = { size: 64, mask: 0, exitCode: 60 } as const;

/** <poll.h> struct pollfd. */
export const pollDescriptor = { size: 8, descriptor: 0, events: 4, reported: 6 } as const;

/** <sys/socket.h> struct ucred. */
export const credentials = { size: 12, pid: 0, uid: 4, gid: 8 } as const;

/** <sys/socket.h> struct msghdr. */
export const messageHeader = {
  size: 56,
  vectors: 16,
  vectorCount: 24,
  control: 32,
  controlLength: 40,
  flags: 48,
} as const;

/** <sys/uio.h> struct iovec. */
export const ioVector = { size: 16, base: 0, length: 8 } as const;

/** <sys/socket.h> struct cmsghdr; the payload follows at `size`. */
export const controlMessage = { size: 16, length: 0, level: 8, type: 12 } as const;

/** <sys/un.h> struct sockaddr_un. */
export const unixAddress = { size: 110, family: 0, path: 2 } as const;

/** <spawn.h>, glibc: opaque to us, so only the room they need. */
export const spawnAttributes = { size: 336 } as const;
export const spawnFileActions = { size: 80 } as const;

/** <signal.h> sigset_t, glibc. */
export const signalSet = { size: 128 } as const;
