import { ageMs, type ProcessStat, readStat } from './proc.ts';

/** A younger process may still change its name or parents. */
const settledAgeMs = 60_000;
/** What was read is believed for so long; meanwhile only the list of pids is looked at. */
const believedMs = 60_000;
/** Beyond this many, everything is read afresh. */
const bound = 50_000;

interface Settled {
  readonly stat: ProcessStat;
  readonly readAtMs: number;
}

/**
 * Remembers the stats of processes that have been there for a while, so that a scan which finds nothing new reads next to nothing.
 * Its answers may be up to a minute old: whoever acts on one asks the kernel again first.
 */
export class SettledProcesses {
  private readonly settled = new Map<number, Settled>();

  /** In place of readStat. */
  readonly read = (pid: number): ProcessStat | null => {
    const nowMs = performance.now();
    const known = this.settled.get(pid);
    if (known !== undefined && nowMs - known.readAtMs < believedMs) return known.stat;
    const stat = readStat(pid);
    if (stat !== null && ageMs(stat) > settledAgeMs) this.settled.set(pid, { stat, readAtMs: nowMs });
    else this.settled.delete(pid);
    return stat;
  };

  /** Drops what has ended. */
  keepOnly(living: ReadonlySet<number>): void {
    if (living.size > bound) this.settled.clear();
    for (const pid of this.settled.keys()) if (!living.has(pid)) this.settled.delete(pid);
  }
}
