// Who descends from whom. /proc/PID/task/TID/children would tell without a pass over all processes, but many kernels are built
// without it (CONFIG_PROC_CHILDREN), and it needs a read for each thread of each process.
import { inTurns } from '../in-turns.ts';
import { listPids, type ProcessStat } from './proc.ts';

/** A parent that was read is believed for so long: it changes only when the parent dies, and a pid comes back only after all others. */
const believedMs = 60_000;

interface Known {
  readonly parent: number;
  readonly readAtMs: number;
}

/**
 * The families of the machine. One pass lists the pids, and reads only those that are new: a process keeps its parent for as long as
 * that lives. Whoever is counted is read afresh anyway, and is left out when it has another parent by then.
 */
export class Families {
  readonly #known = new Map<number, Known>();
  #children = new Map<number, number[]>();

  /** `read` is asked for the new ones. */
  look(read: (pid: number) => ProcessStat | null, report: () => void): void {
    const pids = listPids();
    const nowMs = performance.now();
    const children = new Map<number, number[]>();
    const place = (pid: number): void => {
      const parent = this.#parentOf(pid, nowMs, read);
      if (parent === null) return;
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [pid]);
      else siblings.push(pid);
    };
    inTurns(pids, place, () => {
      this.#children = children;
      this.#forgetAllBut(pids);
      report();
    });
  }

  childrenOf(pid: number): readonly number[] {
    return this.#children.get(pid) ?? [];
  }

  /** Its parent was another one than we believed. */
  correct({ pid, parent }: ProcessStat): void {
    this.#known.set(pid, { parent, readAtMs: performance.now() });
  }

  #parentOf(pid: number, nowMs: number, read: (pid: number) => ProcessStat | null): number | null {
    const known = this.#known.get(pid);
    if (known !== undefined && nowMs - known.readAtMs < believedMs) return known.parent;
    const parent = read(pid)?.parent ?? null;
    if (parent === null) this.#known.delete(pid);
    else this.#known.set(pid, { parent, readAtMs: nowMs });
    return parent;
  }

  #forgetAllBut(pids: readonly number[]): void {
    if (this.#known.size === pids.length) return;
    const living = new Set(pids);
    for (const pid of this.#known.keys()) if (!living.has(pid)) this.#known.delete(pid);
  }
}
