// The project's own files as a map, so that every rule can be tried on a planted example without touching a disk.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Path from the project's folder, with forward slashes, to the text of the file. */
export type Sources = ReadonlyMap<string, string>;

/** One sentence for each breach: where, what, and what to do. */
export type Rule = (sources: Sources) => string[];

const binary = /\.(png|gif|ico|woff2?|dmp|gz)$/;

/** Everything that is tracked, or would be: new files are judged before they are committed. */
export function readSources(project: string): Sources {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
  });
  const paths = list.split('\0').filter((path) => path !== '' && !binary.test(path));
  const sources = new Map<string, string>();
  for (const path of paths) {
    const stat = statSync(join(project, path), { throwIfNoEntry: false });
    if (stat?.isFile()) sources.set(path, readFileSync(join(project, path), 'utf8'));
  }
  return sources;
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs|js)$/.test(path) && /^(source|native-bindings|test|scripts)\//.test(path);
}

/** The room a file stands in: `engine` for source/engine/step.ts, `native-bindings` for that folder, else null. */
export function roomOf(path: string): string | null {
  return /^source\/([^/]+)\//.exec(path)?.[1] ?? (path.startsWith('native-bindings/') ? 'native-bindings' : null);
}
