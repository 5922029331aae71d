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
  const told = [problem.what, problem.expected === '' ? '' : `expected ${problem.expected}`, problem.hint].filter((part) => part !== '');
  return `${place} ${problem.path}: ${told.join('; ')}`;
}
