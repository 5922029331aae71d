// Which processes a `match` entry means.
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { MatchQuery } from '../../ports/process-table.ts';
import { mayInterpret } from '../interpreted-script.ts';
import { compilePattern, isInCommandLine, readPidFile } from '../match-conditions.ts';
import { instanceOf, type ProcessStat, readExecutable } from './proc.ts';
import type { ProcessDetails } from './process-details.ts';

/** A query with everything looked up that does not depend on the process. */
export interface PreparedMatch {
  readonly query: MatchQuery;
  readonly executables: readonly string[];
  readonly isBaseName: boolean;
  readonly arguments: RegExp | null;
  readonly user: number | null;
  /** Nothing can match: unknown user, no pid file, no condition at all. */
  readonly isImpossible: boolean;
  readonly pid: number | null;
  /** The pid file's own time, for its process is older than it. */
  readonly pidWrittenAtMs: number;
}

/** `userIds`: names found in the system's user database before. */
export function prepareMatch(query: MatchQuery, userIds: ReadonlyMap<string, number | null>): PreparedMatch {
  const { executable, user, pidFile } = query;
  const pidFrom = pidFile === null ? null : readPidFile(pidFile);
  const userId = user === null ? null : (userIds.get(user) ?? null);
  const pattern = compilePattern(query.arguments);
  const hasCondition = executable !== null || query.arguments !== null || user !== null || pidFile !== null;
  return {
    query,
    executables: executable === null ? [] : namesOf(executable),
    isBaseName: executable !== null && !executable.includes('/'),
    arguments: pattern === 'invalid' ? null : pattern,
    user: userId,
    isImpossible:
      !hasCondition ||
      pattern === 'invalid' ||
      (user !== null && userId === null) ||
      (pidFile !== null && pidFrom === null),
    pid: pidFrom?.pid ?? null,
    pidWrittenAtMs: pidFrom?.writtenAtMs ?? 0,
  };
}

/** The kernel names a program by its real path, the operator perhaps by a symbolic link (/usr/bin/python3). */
function namesOf(executable: string): string[] {
  if (!executable.includes('/')) return [executable];
  try {
    return [...new Set([executable, realpathSync(executable)])];
  } catch {
    return [executable];
  }
}

/**
 * Who is worth reading at all. Where every query names its program, the link to a process's program says so, at a third of what
 * its stat and the rest cost; it is read afresh, so that nothing need be remembered of the others.
 */
export function whoMayBeMeant(matches: readonly PreparedMatch[]): (pid: number) => boolean {
  const possible = matches.filter(({ isImpossible }) => !isImpossible);
  const pids = new Set(possible.flatMap(({ pid }) => (pid === null ? [] : [pid])));
  const others = possible.filter(({ pid }) => pid === null);
  if (others.some(({ query }) => query.executable === null)) return () => true;
  const paths = new Set(others.flatMap(({ executables }) => executables));
  return (pid) => {
    if (pids.has(pid)) return true;
    if (paths.size === 0) return false;
    const path = readExecutable(pid);
    // Where we may not look, the command line has to do; what an interpreter runs stands there too.
    return path === null || paths.has(path) || paths.has(basename(path)) || mayInterpret(path);
  };
}

/** Cheap conditions, before any more of the process is read. */
export function mayMatch(match: PreparedMatch, stat: ProcessStat): boolean {
  return !match.isImpossible && stat.pid !== process.pid && (match.pid === null || match.pid === stat.pid);
}

/** Clock ticks, and file systems that keep whole seconds. */
const timeSlackMs = 2_000;

export function matches(match: PreparedMatch, stat: ProcessStat, details: ProcessDetails): boolean {
  // A process younger than the pid file that names it only bears the pid of one that has died.
  if (match.pid !== null && instanceOf(stat).startedAtMs > match.pidWrittenAtMs + timeSlackMs) return false;
  if (match.query.executable !== null && !isProgram(match, details)) return false;
  if (match.arguments !== null && !isInCommandLine(match.arguments, details.arguments)) return false;
  return match.user === null || match.user === details.user;
}

function isProgram(match: PreparedMatch, details: ProcessDetails): boolean {
  const isNamed = (name: string | null | undefined) =>
    Boolean(name) && match.executables.includes(match.isBaseName ? basename(name as string) : (name as string));
  // Its script is only read where its program is another one.
  return isNamed(details.executable ?? details.arguments[0]) || isNamed(details.script);
}
