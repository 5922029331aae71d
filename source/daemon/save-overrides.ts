import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { EngineState } from '../engine/state.ts';
import { resolveTarget } from '../engine/target.ts';
import { editProfile, type ProfileEdit } from '../profile/edit.ts';

export type SaveResult =
  /** Fields written, by full name. */
  | { readonly ok: true; readonly saved: ReadonlyMap<string, readonly string[]> }
  | { readonly ok: false; readonly problem: string };

/** Writes the overrides of a target into the profile files they belong to, comments and order kept; each file whole or not at all. */
export function saveOverrides(state: EngineState, target: string): SaveResult {
  const found = resolveTarget(state, target);
  if (!found.ok) return found;
  const edits = new Map<string, ProfileEdit[]>();
  const saved = new Map<string, readonly string[]>();
  for (const index of found.processes) {
    const process = state.processes[index];
    const file = state.groups.find((group) => group.spec.name === process?.group)?.spec.file;
    if (process === undefined || file === undefined) continue;
    const own = Object.entries(process.overrides).map(([field, { value }]) => ({
      group: process.group,
      process: process.spec.name,
      field,
      value,
    }));
    if (own.length === 0) continue;
    edits.set(file, [...(edits.get(file) ?? []), ...own]);
    saved.set(
      process.name,
      own.map(({ field }) => field),
    );
  }
  if (saved.size === 0) return { ok: false, problem: `${found.name} has no override to save` };
  for (const [file, list] of edits) {
    const problem = editFile(file, list);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, saved };
}

function editFile(file: string, edits: readonly ProfileEdit[]): string | null {
  try {
    const edited = editProfile(readFileSync(file, 'utf8'), edits);
    if (!edited.ok) return edited.problem;
    writeFileAtomic.sync(file, edited.text);
    return null;
  } catch (error) {
    return `${file} cannot be written: ${(error as Error).message}`;
  }
}
