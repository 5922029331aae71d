import { ageMs, type ProcessStat, readArguments, readExecutable, readRealUser } from './proc.ts';

/** What a `match` entry is compared with. */
export interface ProcessDetails {
  /** Null where we may not look; then the first word of the command line has to do. */
  readonly executable: string | null;
  readonly arguments: readonly string[];
  readonly user: number | null;
}

interface Remembered extends ProcessDetails {
  readonly startTime: number;
  readonly name: string;
  readonly readAtAgeMs: number;
}

/** A young process may still become another program by exec, or set its title: what was read before this age is read again. */
const settledAgeMs = 60_000;
/** Beyond this many, everything is read afresh at the next scan. */
const bound = 50_000;

/** Remembers what was read of each process, so that later scans read only what is new. A changed name means an exec. */
export class DetailsCache {
  private readonly remembered = new Map<number, Remembered>();

  get(stat: ProcessStat): ProcessDetails {
    const known = this.remembered.get(stat.pid);
    if (known?.startTime === stat.startTime && known.name === stat.name && known.readAtAgeMs >= settledAgeMs)
      return known;
    const read = {
      executable: readExecutable(stat.pid),
      arguments: readArguments(stat.pid),
      user: readRealUser(stat.pid),
      startTime: stat.startTime,
      name: stat.name,
      readAtAgeMs: ageMs(stat),
    };
    this.remembered.set(stat.pid, read);
    return read;
  }

  /** Drops what has ended. */
  keepOnly(living: ReadonlyMap<number, ProcessStat>): void {
    if (living.size > bound) this.remembered.clear();
    for (const pid of this.remembered.keys()) if (!living.has(pid)) this.remembered.delete(pid);
  }
}
