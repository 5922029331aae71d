import type { KernelEvent, KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { errno } from '../../../native-bindings/linux/libc.ts';
import { closeDescriptor, endedOf } from '../../../native-bindings/linux/pidfd.ts';
import type { Exit, Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import { type ExitReader, toldOnlyToParent } from './exit-reader.ts';
import { openInstance } from './open-instance.ts';
import { isLiving, statOf } from './proc.ts';

/** Every pidfd is asked once in this time whether its process has ended, in case an event was lost. */
const safetyCheckMs = 60_000;
/** Instances for which no descriptor was to be had are looked at this often. */
const withoutDescriptorMs = 1_000;
/** How long a dead process's parent may take to wait for it before we do without the status. */
const statusPatienceMs = 50;

interface Watched {
  readonly instance: Instance;
  readonly pidfd: number;
  readonly isOwnChild: boolean;
  /** Null: nobody wants to know, but as its parent we must still wait for it. */
  report: ((exit: Exit) => void) | null;
}

interface Unheld {
  readonly instance: Instance;
  readonly report: (exit: Exit) => void;
}

const key = (instance: Instance) => `${instance.pid}.${instance.startTime}`;

/** A pidfd for each instance, all in one epoll set. Reports come after the call that asked for them has returned. */
export class PidfdWatcher implements ProcessWatcher {
  private readonly events: KernelEvents;
  private readonly exits: ExitReader;
  private readonly problem: (text: string) => void;
  private readonly watched = new Map<string, Watched>();
  private readonly unheld = new Map<string, Unheld>();
  private readonly safety: NodeJS.Timeout;
  private unheldTimer: NodeJS.Timeout | null = null;

  /** `problem` hears, once for each shortage, that exits are seen late. */
  constructor(events: KernelEvents, exits: ExitReader, problem: (text: string) => void) {
    this.events = events;
    this.exits = exits;
    this.problem = problem;
    this.safety = setInterval(() => this.checkAll(), safetyCheckMs).unref();
  }

  watch(instance: Instance, report: (exit: Exit) => void): void {
    const known = this.watched.get(key(instance));
    if (known !== undefined) {
      known.report = report;
      return;
    }
    const refusal = this.hold(instance, report);
    if (refusal !== null) this.watchWithout(instance, report, refusal);
  }

  unwatch(instance: Instance): void {
    this.unheld.delete(key(instance));
    const watched = this.watched.get(key(instance));
    if (watched === undefined) return;
    if (watched.isOwnChild) watched.report = null;
    else this.forget(watched);
  }

  /** How many are watched, for the engine's own figures. */
  count(): number {
    return this.watched.size + this.unheld.size;
  }

  close(): void {
    clearInterval(this.safety);
    if (this.unheldTimer !== null) clearTimeout(this.unheldTimer);
    this.unheld.clear();
    for (const watched of [...this.watched.values()]) this.forget(watched);
  }

  /** Null, or the errno for which the system refused. */
  private hold(instance: Instance, report: (exit: Exit) => void): number | null {
    const opened = openInstance(instance);
    if (opened.kind === 'failed') return opened.errno;
    if (opened.kind === 'gone') {
      queueMicrotask(() => report({ unknown: 'it had ended before it could be watched' }));
      return null;
    }
    const watched: Watched = { instance, pidfd: opened.pidfd, isOwnChild: opened.stat.parent === process.pid, report };
    const added = this.events.add(opened.pidfd, (event) => this.ended(watched, event));
    if (added < 0) {
      closeDescriptor(opened.pidfd);
      return -added;
    }
    this.watched.set(key(instance), watched);
    return null;
  }

  private ended(watched: Watched, event: KernelEvent): void {
    const exit = this.exits.read(watched.instance, watched.pidfd);
    if (exit === 'alive') return;
    if (exit !== 'later') this.finish(watched, exit);
    else if (event.isHungUp) this.finish(watched, toldOnlyToParent);
    else this.awaitStatus(watched);
  }

  /** Its parent has not waited for it yet; the kernel says when, and then has the status for us too. */
  private awaitStatus(watched: Watched): void {
    this.events.awaitHangUp(watched.pidfd);
    setTimeout(() => {
      if (this.watched.get(key(watched.instance)) === watched) this.finish(watched, toldOnlyToParent);
    }, statusPatienceMs);
  }

  private finish(watched: Watched, exit: Exit): void {
    const { report } = watched;
    this.forget(watched);
    report?.(exit);
  }

  private forget(watched: Watched): void {
    this.watched.delete(key(watched.instance));
    this.events.remove(watched.pidfd);
    closeDescriptor(watched.pidfd);
  }

  private checkAll(): void {
    const byPidfd = new Map([...this.watched.values()].map((watched) => [watched.pidfd, watched]));
    for (const pidfd of endedOf([...byPidfd.keys()])) {
      const watched = byPidfd.get(pidfd);
      if (watched !== undefined && this.watched.get(key(watched.instance)) === watched)
        this.ended(watched, { isReadable: true, isHungUp: false });
    }
  }

  private watchWithout(instance: Instance, report: (exit: Exit) => void, reason: number): void {
    if (this.unheld.size === 0) this.problem(shortage(reason));
    this.unheld.set(key(instance), { instance, report });
    this.unheldTimer ??= setTimeout(() => this.checkUnheld(), withoutDescriptorMs);
  }

  private checkUnheld(): void {
    this.unheldTimer = null;
    for (const [name, { instance, report }] of [...this.unheld]) {
      // Descriptors may have become free; then it is watched as all others are.
      const stillRefused = this.hold(instance, report) !== null;
      const stat = stillRefused ? statOf(instance) : null;
      if (stat !== null && isLiving(stat)) continue;
      this.unheld.delete(name);
      if (stillRefused) report({ unknown: 'it was watched without a pidfd, because the system refused one' });
    }
    if (this.unheld.size > 0) this.unheldTimer = setTimeout(() => this.checkUnheld(), withoutDescriptorMs);
  }
}

function shortage(reason: number): string {
  if (reason === errno.EMFILE) {
    return 'The engine has no file descriptors left to watch more processes with; their exits are seen within a second instead of at once. Raise its limit (LimitNOFILE= in the unit, ulimit -Hn in a shell).';
  }
  if (reason === errno.ENFILE) {
    return 'The system has no file descriptors left; exits are seen within a second instead of at once. Raise fs.file-max.';
  }
  return `The kernel refused to watch a process (errno ${reason}); its exit is seen within a second instead of at once.`;
}
