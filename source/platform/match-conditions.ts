// What the conditions of a `match` entry mean on every system.
import { readFileSync, statSync } from 'node:fs';

/** The profile checks patterns; one that slipped through matches nothing rather than everything. */
export function compilePattern(pattern: string | null): RegExp | null | 'invalid' {
  try {
    return pattern === null ? null : new RegExp(pattern);
  } catch {
    return 'invalid';
  }
}

/** Null: it is not there, or holds no pid. */
export function readPidFile(path: string): { readonly pid: number; readonly writtenAtMs: number } | null {
  try {
    const [first = ''] = readFileSync(path, 'utf8').split('\n');
    return /^\s*[1-9]\d{0,9}\s*$/.test(first) ? { pid: Number(first), writtenAtMs: statSync(path).mtimeMs } : null;
  } catch {
    return null;
  }
}

/** Programs that set a title (nginx, PostgreSQL) have all of it in the place of their name. `^` may stand for either beginning. */
export function isInCommandLine(pattern: RegExp, words: readonly string[]): boolean {
  return pattern.test(words.join(' ')) || pattern.test(words.slice(1).join(' '));
}
