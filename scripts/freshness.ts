// Whether something that was built is older than what it is built from.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const builtFrom = [
  'source',
  'native-bindings',
  'scripts/build.ts',
  'scripts/bundle-plugins.ts',
  'scripts/windows-parts.ts',
  'package.json',
  'package-lock.json',
];

function newestMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own date counts too: it moves when a file is taken away.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs);
}

/** True when `target` exists and no source file of `project` was changed after it. */
export function isFresh(project: string, target: string): boolean {
  const built = statSync(join(project, target), { throwIfNoEntry: false });
  return built !== undefined && builtFrom.every((path) => newestMs(join(project, path)) <= built.mtimeMs);
}
