// Which processes a `match` entry means. Windows tells neither capitals from small letters in the names of files and accounts, nor / from \.
import { realpathSync } from 'node:fs';
import { win32 } from 'node:path';
import type { MatchQuery } from '../../ports/process-table.ts';
import { compilePattern, isInCommandLine, readPidFile } from '../match-conditions.ts';

/** What is compared; see `ProcessDetails`. */
export interface Compared {
  readonly name: string;
  readonly executable: string | null;
  readonly arguments: readonly string[];
  readonly account: { readonly sid: string; readonly name: string } | null;
  readonly script: string | null;
}

/** A query with everything looked up that does not depend on the process. */
export interface PreparedMatch {
  readonly query: MatchQuery;
  readonly executables: readonly string[];
  readonly isBaseName: boolean;
  readonly arguments: RegExp | null;
  /** Nothing can match: no pid file, no condition at all. */
  readonly isImpossible: boolean;
  readonly pid: number | null;
  /** The pid file's own time, for its process is older than it. */
  readonly pidWrittenAtMs: number;
}

export function prepareMatch(query: MatchQuery): PreparedMatch {
  const { executable, user, pidFile } = query;
  const pidFrom = pidFile === null ? null : readPidFile(pidFile);
  const pattern = compilePattern(query.arguments);
  const hasCondition = executable !== null || query.arguments !== null || user !== null || pidFile !== null;
  const isBaseName = executable !== null && !/[\\/]/.test(executable);
  return {
    query,
    executables: executable === null ? [] : isBaseName ? baseNames(executable) : pathsOf(executable),
    isBaseName,
    arguments: pattern === 'invalid' ? null : pattern,
    isImpossible: !hasCondition || pattern === 'invalid' || (pidFile !== null && pidFrom === null),
    pid: pidFrom?.pid ?? null,
    pidWrittenAtMs: pidFrom?.writtenAtMs ?? 0,
  };
}

/** `node` means `node.exe` as well. */
function baseNames(name: string): string[] {
  const lower = name.toLowerCase();
  return win32.extname(lower) === '' ? [lower, `${lower}.exe`] : [lower];
}

const folded = (path: string): string => win32.normalize(path).toLowerCase();

/** Windows names a program by its real path, the operator perhaps by a link. */
function pathsOf(path: string): string[] {
  const named = folded(path);
  const both = win32.extname(named) === '' ? [named, `${named}.exe`] : [named];
  try {
    return [...new Set([...both, folded(realpathSync.native(path))])];
  } catch {
    return both;
  }
}

/** File systems that keep whole seconds, FAT even two. */
const timeSlackMs = 2_000;

/** Cheap conditions, before any more of the process is read. */
export function mayMatch(match: PreparedMatch, pid: number, ownPid: number): boolean {
  return !match.isImpossible && pid !== ownPid && (match.pid === null || match.pid === pid);
}

export function matches(match: PreparedMatch, details: Compared, startedAtMs: number): boolean {
  // A process younger than the pid file that names it only bears the pid of one that has died.
  if (match.pid !== null && startedAtMs > match.pidWrittenAtMs + timeSlackMs) return false;
  if (match.query.executable !== null && !isProgram(match, details)) return false;
  if (match.arguments !== null && !isInCommandLine(match.arguments, details.arguments)) return false;
  return match.query.user === null || isAccount(match.query.user, details.account);
}

function isProgram({ executables, isBaseName }: PreparedMatch, details: Compared): boolean {
  const isNamed = (path: string | null): boolean =>
    path !== null && executables.includes(isBaseName ? win32.basename(path).toLowerCase() : folded(path));
  // Its base name is known without asking; its script is only read where its program is another one.
  return (isBaseName ? isNamed(details.name) : isNamed(details.executable)) || isNamed(details.script);
}

/** `ops1`, `SHOP\ops1`, or a SID. */
function isAccount(wanted: string, account: Compared['account']): boolean {
  if (account === null) return false;
  const [name, lower] = [account.name.toLowerCase(), wanted.toLowerCase()];
  return name === lower || name.split('\\').at(-1) === lower || account.sid.toLowerCase() === lower;
}
