import { isAbsolute, join } from 'node:path';
import { interpretedScript } from './interpreted-script.ts';
import { ageMs, type ProcessStat, readArguments, readDirectory, readExecutable, readRealUser } from './proc.ts';

/** What a `match` entry is compared with. */
export interface ProcessDetails {
  /** Null where we may not look; then the first word of the command line has to do. */
  readonly executable: string | null;
  readonly arguments: readonly string[];
  readonly user: number | null;
  /** What it runs if it is an interpreter: a script, absolute where its folder is known, or the name of a module or class. */
  readonly script: string | null;
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
    const executable = readExecutable(stat.pid);
    const words = readArguments(stat.pid);
    const read = {
      executable,
      arguments: words,
      script: scriptOf(stat.pid, executable, words),
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

function scriptOf(pid: number, executable: string | null, words: readonly string[]): string | null {
  const script = interpretedScript(executable, words);
  return script === null || isAbsolute(script) ? script : join(readDirectory(pid) ?? '', script);
}
