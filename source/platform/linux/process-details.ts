import { isAbsolute, join } from 'node:path';
import { interpretedScript, mayInterpret } from '../interpreted-script.ts';
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

/** Each is read when it is first asked for: most entries name a program, and for that the kernel need not be asked who runs it. */
class Remembered implements ProcessDetails {
  readonly pid: number;
  readonly startTime: number;
  readonly name: string;
  readonly firstReadAtAgeMs: number;
  #executable: string | null | undefined;
  #arguments: readonly string[] | undefined;
  #user: number | null | undefined;
  #script: string | null | undefined;

  constructor(stat: ProcessStat) {
    this.pid = stat.pid;
    this.startTime = stat.startTime;
    this.name = stat.name;
    this.firstReadAtAgeMs = ageMs(stat);
  }

  get executable(): string | null {
    if (this.#executable === undefined) this.#executable = readExecutable(this.pid);
    return this.#executable;
  }

  get arguments(): readonly string[] {
    this.#arguments ??= readArguments(this.pid);
    return this.#arguments;
  }

  get user(): number | null {
    if (this.#user === undefined) this.#user = readRealUser(this.pid);
    return this.#user;
  }

  get script(): string | null {
    if (this.#script === undefined)
      this.#script = mayInterpret(this.executable) ? scriptOf(this.pid, this.executable, this.arguments) : null;
    return this.#script;
  }
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
    if (known?.startTime === stat.startTime && known.name === stat.name && known.firstReadAtAgeMs >= settledAgeMs)
      return known;
    const fresh = new Remembered(stat);
    this.remembered.set(stat.pid, fresh);
    return fresh;
  }

  /** Drops what has ended. */
  keepOnly(living: ReadonlySet<number>): void {
    if (living.size > bound) this.remembered.clear();
    for (const pid of this.remembered.keys()) if (!living.has(pid)) this.remembered.delete(pid);
  }
}

function scriptOf(pid: number, executable: string | null, words: readonly string[]): string | null {
  const script = interpretedScript(executable, words);
  return script === null || isAbsolute(script) ? script : join(readDirectory(pid) ?? '', script);
}
