import { readFileSync } from 'node:fs';
import { parseProfiles } from '../profile/parse.ts';
import type { System } from '../profile/paths.ts';
import type { Problem } from '../profile/problem.ts';

/** How profiles that were found sound here fare on the other system. */
export type OtherSystem =
  | { readonly system: System; readonly ok: true; readonly groups: number; readonly processes: number }
  | { readonly system: System; readonly ok: false; readonly problems: readonly Problem[] };

const other: Readonly<Record<System, System>> = { linux: 'windows', windows: 'linux' };

/**
 * Null where nothing in the files speaks of the other system. What cannot be seen from here, its files and homes, is taken
 * to be there.
 */
export function checkOnOtherSystem(
  files: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  here: System,
): OtherSystem | null {
  const system = other[here];
  const sources = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const block = new RegExp(`(^\\s*|[{,]\\s*)"?${system}"?\\s*:`, 'm');
  if (!sources.some(({ text }) => block.test(text))) return null;
  const present = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const parsed = parseProfiles(sources, {
    environment: Object.fromEntries(present),
    system,
    isRoot: true,
    readFile: () => '',
  });
  if (!parsed.ok) return { system, ok: false, problems: parsed.problems };
  const { groups } = parsed.profile;
  const processes = groups.reduce((count, group) => count + group.processes.length, 0);
  return { system, ok: true, groups: groups.length, processes };
}
