import { decodeWaitStatus } from '../../../native-bindings/linux/exit-status.ts';
import { readExitInfo, waitForChild } from '../../../native-bindings/linux/pidfd.ts';
import type { Exit, Instance } from '../../ports/instance.ts';
import { maySeeAll, statOf } from './proc.ts';

export const toldOnlyToParent: Exit = { unknown: 'the kernel tells the status only to its parent' };

/** Finds out how an ended process ended, by the first way that answers. */
export class ExitReader {
  private readonly kernelKeepsStatus: boolean;
  private readonly seesAll = maySeeAll();

  /** `kernelKeepsStatus`: Linux 6.15 or later, see pidfdSupport. */
  constructor(kernelKeepsStatus: boolean) {
    this.kernelKeepsStatus = kernelKeepsStatus;
  }

  /**
   * 'alive' when it has not ended. 'later' when the kernel will know as soon as its parent has waited for it.
   * Takes an own child's status for good: afterwards the child is no zombie any more.
   */
  read(instance: Instance, pidfd: number): Exit | 'alive' | 'later' {
    const waited = waitForChild(pidfd);
    if (waited === 'running') return 'alive';
    if (typeof waited !== 'number') return waited;
    return (
      this.kept(pidfd) ??
      this.ofZombie(instance) ??
      this.kept(pidfd) ??
      (this.kernelKeepsStatus ? 'later' : toldOnlyToParent)
    );
  }

  private kept(pidfd: number): Exit | null {
    if (!this.kernelKeepsStatus) return null;
    const info = readExitInfo(pidfd);
    return typeof info === 'number' ? null : info;
  }

  private ofZombie(instance: Instance): Exit | null {
    const stat = statOf(instance);
    if (stat?.state !== 'Z') return null;
    // Who may not see the status reads zero, so a zero counts only for those who see all.
    return stat.exitCode !== 0 || this.seesAll ? decodeWaitStatus(stat.exitCode) : null;
  }
}
