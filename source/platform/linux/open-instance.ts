import { errno } from '../../../native-bindings/linux/libc.ts';
import { closeDescriptor, pidfdOpen } from '../../../native-bindings/linux/pidfd.ts';
import type { Instance } from '../../ports/instance.ts';
import { type ProcessStat, statOf } from './proc.ts';

export type OpenedInstance =
  /** The pidfd names this instance and nothing else until it is closed. It may be a zombie. */
  | { readonly kind: 'open'; readonly pidfd: number; readonly stat: ProcessStat }
  | { readonly kind: 'gone' }
  /** Not opened for a reason of ours: too many descriptors, old kernel. */
  | { readonly kind: 'failed'; readonly errno: number };

/**
 * The start time is read after the pidfd is open: from then on the pid cannot change its meaning unseen,
 * so a match proves that the pidfd holds the right process.
 */
export function openInstance(instance: Instance): OpenedInstance {
  const pidfd = pidfdOpen(instance.pid);
  if (pidfd === -errno.ESRCH || pidfd === -errno.EINVAL) return { kind: 'gone' };
  if (pidfd < 0) return { kind: 'failed', errno: -pidfd };
  const stat = statOf(instance);
  if (stat !== null) return { kind: 'open', pidfd, stat };
  closeDescriptor(pidfd);
  return { kind: 'gone' };
}
