// Living processes as the kernel shows them, found by what only one test's processes bear; no word of the engine is trusted here.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Living {
  readonly pid: number;
  /** Ticks since boot: with the pid it names one process for ever. */
  readonly startTime: string;
  readonly parent: number;
  readonly session: number;
  /** Its arguments joined by blanks. */
  readonly commandLine: string;
}

/** The process with this pid, unless it is dead or a zombie. */
export function livingAt(pid: number): Living | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold blanks and parentheses itself.
  const [state = '', parent = '', , session = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  const commandLine = (read(`/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '').replaceAll('\0', ' ');
  return { pid, startTime: rest[15] ?? '', parent: Number(parent), session: Number(session), commandLine };
}

/** Everything that lives and belongs to a folder: by its environment, its command line or its working directory. */
export function livingOf(folder: string): Living[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => belongsTo(folder, pid))
    .flatMap((pid) => livingAt(Number(pid)) ?? []);
}

function belongsTo(folder: string, pid: string): boolean {
  return (
    (read(`/proc/${pid}/environ`) ?? '').includes(folder) ||
    (read(`/proc/${pid}/cmdline`) ?? '').includes(folder) ||
    link(`/proc/${pid}/cwd`).startsWith(folder)
  );
}

/** Kills by pid what is still the very process that was found. */
export function killLiving({ pid, startTime }: Living, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (livingAt(pid)?.startTime !== startTime) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
