import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { FileDifference, SaveDifference } from '../control/protocol.ts';
import type { EngineState } from '../engine/state.ts';
import { resolveTarget } from '../engine/target.ts';
import { phrase } from '../notices/phrase.ts';
import { differenceOf } from '../profile/edit/difference.ts';
import { editProfile, type ProfileEdit } from '../profile/edit.ts';

export type SaveResult =
  /** Fields written, by full name. */
  { readonly ok: true; readonly saved: ReadonlyMap<string, readonly string[]> } | Refused;

interface Refused {
  readonly ok: false;
  readonly problem: string;
}

/** Writes the overrides of a target into the profile files they belong to, comments and order kept; each file whole or not at all. */
export function saveOverrides(state: EngineState, target: string): SaveResult {
  const collected = collect(state, target);
  if (!collected.ok) return collected;
  for (const [file, edits] of collected.edits) {
    const edited = edit(file, edits);
    if (!edited.ok) return edited;
    try {
      writeFileAtomic.sync(file, edited.after);
    } catch (error) {
      return { ok: false, problem: `${file} cannot be written: ${(error as Error).message}` };
    }
  }
  return { ok: true, saved: collected.saved };
}

/** The same, as far as it can be seen beforehand. */
export function planSave(state: EngineState, target: string): SaveDifference {
  const collected = collect(state, target);
  if (!collected.ok) return collected;
  const files: FileDifference[] = [];
  for (const [file, edits] of collected.edits) {
    const edited = edit(file, edits);
    if (!edited.ok) return edited;
    files.push({ file, lines: differenceOf(edited.before, edited.after) });
  }
  return { ok: true, files };
}

type Collected =
  | {
      readonly ok: true;
      readonly edits: ReadonlyMap<string, readonly ProfileEdit[]>;
      readonly saved: ReadonlyMap<string, readonly string[]>;
    }
  | Refused;

/** The overrides of a target, by file and by process. */
function collect(state: EngineState, target: string): Collected {
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
  return saved.size === 0
    ? { ok: false, problem: phrase('no-override-to-save', { name: found.name }) }
    : { ok: true, edits, saved };
}

function edit(
  file: string,
  edits: readonly ProfileEdit[],
): { readonly ok: true; readonly before: string; readonly after: string } | Refused {
  try {
    const before = readFileSync(file, 'utf8');
    const edited = editProfile(before, edits);
    return edited.ok ? { ok: true, before, after: edited.text } : edited;
  } catch (error) {
    return { ok: false, problem: `${file} cannot be read: ${(error as Error).message}` };
  }
}
