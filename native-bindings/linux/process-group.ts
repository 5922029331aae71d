import { checked, errno, libc } from './libc.ts';

const kill = libc.func('int kill(int pid, int signal)');

/**
 * kill(2) with signal 0 for a whole process group: sends nothing. ESRCH: nobody is in it. EPERM: somebody is, whom we may not signal.
 */
export function isProcessGroupEmpty(group: number): boolean {
  return checked(kill(-group, 0)) === -errno.ESRCH;
}
