/** One thing wrong in a profile. All of a profile's problems are reported at once. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the profile: `groups.shop.processes.api.restart.limit`; empty for the file as a whole. */
  readonly path: string;
  readonly what: string;
  readonly expected: string;
  /** What to do about it. */
  readonly hint: string;
}

/** `file:line:column path: what, expected ..., hint` on one line. */
export function formatProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return `${problem.path === '' ? place : `${place} ${problem.path}`}: ${formatTrouble(problem)}`;
}

/** A problem without its place, as a value that was never in a file has none. */
export function formatTrouble(trouble: Trouble): string {
  const expected = trouble.expected === '' ? '' : `expected ${trouble.expected}`;
  return [trouble.what, expected, trouble.hint].filter((part) => part !== '').join('; ');
}

/** What is wrong with a value, wherever it stands. */
export type Trouble = Pick<Problem, 'what' | 'expected' | 'hint'>;

/** Told as `report(place, trouble)` by everything that checks, so that no check ends at the first problem. */
export type Report = (place: Place, trouble: Trouble) => void;

/** Where a key or a value stands. */
export type Place = Pick<Problem, 'file' | 'line' | 'column' | 'path'>;

/** For values that were checked before and are read a second time. */
export const unheard: Report = () => {};

/** By file, then from top to bottom; the same mistake seen twice (through an anchor, or by two checks) is told once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
    .filter((problem) => {
      const key = `${problem.file}\n${problem.line}:${problem.column} ${problem.what}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** A word as it is written in a profile, marked off from the sentence round it. */
export function quoted(word: string): string {
  return `\`${word}\``;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
