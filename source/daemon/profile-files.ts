import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FileGuard } from '../platform/system.ts';
import { parseProfiles } from '../profile/parse.ts';
import type { Problem } from '../profile/problem.ts';
import type { Profile } from '../profile/profile.ts';
import { unsafeScripts } from './unsafe-scripts.ts';

export type LoadedProfile =
  | {
      readonly ok: true;
      readonly profile: Profile;
      readonly files: readonly string[];
      /** What is allowed and was probably not meant. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads and checks profiles: files, or folders whose `*.yaml`, `*.yml` and `*.json` are taken in the order of their names. */
export function loadProfiles(
  paths: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  guard: FileGuard,
): LoadedProfile {
  const problems: Problem[] = [];
  const files = paths.flatMap((path) => profileFiles(path, problems));
  if (problems.length === 0 && files.length === 0) {
    problems.push(
      fileProblem(
        paths.join(', '),
        'no profile is here',
        'at least one file that ends in .yaml, .yml or .json',
        'write one, or name one',
      ),
    );
  }
  const sources = files.flatMap((file) => readSource(file, guard, problems));
  const parsed = parseProfiles(sources, {
    environment: present(environment),
    system: guard.system,
    isRoot: guard.isPowerful,
    readFile: readText,
    home: homedir(),
    currentDirectory: process.cwd(),
  });
  if (!parsed.ok) problems.push(...parsed.problems.filter((problem) => sources.length > 0 || problem.file !== ''));
  if (parsed.ok && guard.isPowerful) problems.push(...unsafeScripts(parsed.profile, guard));
  if (problems.length > 0 || !parsed.ok) return { ok: false, problems };
  return { ok: true, profile: parsed.profile, files, warnings: parsed.warnings };
}

function profileFiles(path: string, problems: Problem[]): string[] {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory() && !stats.isFile()) {
      // Reading a pipe or a device could last for ever.
      problems.push(
        fileProblem(
          path,
          'is neither a file nor a folder',
          'a profile or a folder of profiles',
          'write it into a file, and name that',
        ),
      );
      return [];
    }
    if (stats.isFile()) return [path];
    const names = readdirSync(path).filter(
      (name) => /\.(ya?ml|json)$/.test(name) && !name.startsWith('.') && !name.endsWith('.schema.json'),
    );
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    problems.push(
      fileProblem(
        path,
        isMissing ? 'does not exist' : `cannot be read: ${messageOf(error)}`,
        'a profile or a folder of profiles',
        isMissing ? 'write one there, or name another: procsaver shop.yaml' : 'check the name and its permissions',
      ),
    );
    return [];
  }
}

function readSource(file: string, guard: FileGuard, problems: Problem[]): { file: string; text: string }[] {
  const stranger = guard.isPowerful ? guard.whoElseMayWrite(file) : null;
  if (stranger !== null) {
    problems.push(
      fileProblem(
        file,
        stranger,
        `a profile that only ${guard.who} can change, since it says what ${guard.who} runs`,
        guard.remedy,
      ),
    );
    return [];
  }
  try {
    return [{ file, text: readFileSync(file, 'utf8') }];
  } catch (error) {
    problems.push(
      fileProblem(file, `cannot be read: ${messageOf(error)}`, 'a profile', 'check the name and its permissions'),
    );
    return [];
  }
}

function fileProblem(file: string, what: string, expected: string, hint: string): Problem {
  return { file, line: 1, column: 1, path: '', what, expected, hint };
}

function readText(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

function present(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
