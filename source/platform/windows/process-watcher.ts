import type { ExitWaits } from '../../../native-bindings/windows/exit-wait.ts';
import { closeHandle, exitCode, hasEnded } from '../../../native-bindings/windows/process-handle.ts';
import { listProcesses } from '../../../native-bindings/windows/process-list.ts';
import type { Exit, Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import type { ChildHandles } from './child-handles.ts';
import { exitOf } from './exit-words.ts';
import { instanceOf, keyOf, openInstance } from './instances.ts';
import type { Jobs } from './jobs.ts';

/** Every handle is asked once in this time whether its process has ended, in case an event was lost. */
const safetyCheckMs = 60_000;
/** Instances that may not be opened are looked for in the list of processes this often. */
const withoutHandleMs = 1_000;

interface Watched {
  readonly handle: number;
  readonly wait: number;
  report: (exit: Exit) => void;
}

interface Unheld {
  readonly instance: Instance;
  readonly report: (exit: Exit) => void;
}

export interface WatcherParts {
  readonly waits: ExitWaits;
  readonly children: ChildHandles;
  readonly jobs: Jobs;
  /** Hears, once for each shortage, that exits are seen late. */
  readonly problem: (text: string) => void;
}

/** A handle for each instance, all waited for by the pool of the system. Reports come after the call that asked for them has returned. */
export class HandleWatcher implements ProcessWatcher {
  readonly #waits: ExitWaits;
  readonly #children: ChildHandles;
  readonly #jobs: Jobs;
  readonly #problem: (text: string) => void;
  readonly #watched = new Map<string, Watched>();
  readonly #unheld = new Map<string, Unheld>();
  readonly #safety: NodeJS.Timeout;
  #unheldTimer: NodeJS.Timeout | null = null;

  constructor({ waits, children, jobs, problem }: WatcherParts) {
    this.#waits = waits;
    this.#children = children;
    this.#jobs = jobs;
    this.#problem = problem;
    this.#safety = setInterval(() => this.#checkAll(), safetyCheckMs).unref();
  }

  watch(instance: Instance, report: (exit: Exit) => void): void {
    const known = this.#watched.get(keyOf(instance));
    if (known !== undefined) {
      known.report = report;
      return;
    }
    const refusal = this.#hold(instance, report);
    if (refusal !== null) this.#watchWithout(instance, report, refusal);
  }

  unwatch(instance: Instance): void {
    this.#unheld.delete(keyOf(instance));
    this.#forget(keyOf(instance));
  }

  close(): void {
    clearInterval(this.#safety);
    if (this.#unheldTimer !== null) clearTimeout(this.#unheldTimer);
    this.#unheld.clear();
    for (const key of [...this.#watched.keys()]) this.#forget(key);
  }

  /** Null, or the error for which the system refused. */
  #hold(instance: Instance, report: (exit: Exit) => void): number | null {
    const own = this.#children.take(instance);
    const opened = own === null ? openInstance(instance) : { kind: 'open' as const, handle: own };
    if (opened.kind === 'failed') return opened.error;
    if (opened.kind === 'gone') {
      queueMicrotask(() => report({ unknown: 'it had ended before it could be watched' }));
      return null;
    }
    if (own === null) this.#jobs.adopt(instance.pid);
    const { handle } = opened;
    const key = keyOf(instance);
    const wait = this.#waits.add(handle, () => this.#ended(key));
    if (wait < 0) {
      closeHandle(handle);
      return -wait;
    }
    this.#watched.set(key, { handle, wait, report });
    return null;
  }

  #ended(key: string): void {
    const watched = this.#watched.get(key);
    if (watched === undefined) return;
    const code = exitCode(watched.handle);
    this.#forget(key);
    watched.report(code < 0 ? { unknown: `Windows does not tell its exit code (error ${-code})` } : exitOf(code));
  }

  #forget(key: string): void {
    const watched = this.#watched.get(key);
    if (watched === undefined) return;
    this.#watched.delete(key);
    this.#waits.remove(watched.wait);
    closeHandle(watched.handle);
  }

  #checkAll(): void {
    for (const [key, { handle }] of [...this.#watched]) if (hasEnded(handle)) this.#ended(key);
  }

  #watchWithout(instance: Instance, report: (exit: Exit) => void, error: number): void {
    if (this.#unheld.size === 0)
      this.#problem(
        `Windows does not let the engine open process ${instance.pid} (error ${error}); its exit is seen within a second instead of at once, and without its code. Run the engine as an administrator or as the same user.`,
      );
    this.#unheld.set(keyOf(instance), { instance, report });
    this.#unheldTimer ??= setTimeout(() => this.#checkUnheld(), withoutHandleMs);
  }

  #checkUnheld(): void {
    this.#unheldTimer = null;
    const living = new Set(listProcesses().map((one) => keyOf(instanceOf(one))));
    for (const [key, { report }] of [...this.#unheld]) {
      if (living.has(key)) continue;
      this.#unheld.delete(key);
      report({ unknown: 'Windows does not let the engine open it, so its exit code was not seen' });
    }
    if (this.#unheld.size > 0) this.#unheldTimer = setTimeout(() => this.#checkUnheld(), withoutHandleMs);
  }
}
