import { existsSync, lstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentFile } from './incident.ts';
import { IncidentIndex, readIndex } from './incident-index.ts';
import { KeptFolders } from './kept-folders.ts';
import { whyNoPlace } from './safe-place.ts';

export interface Store {
  readonly index: IncidentIndex;
  readonly kept: KeptFolders;
  /** The folder it was read from: another one in its place is read anew. */
  readonly inode: number;
}

/**
 * Looks whether the folder is ours and safe, and reads it when it was not read yet or is another one now. Throws a sentence.
 * A folder that is not there is made only when it `isNeeded`.
 */
export async function openStore(
  directory: string,
  known: Store | null,
  isNeeded: boolean,
  whyUnsafe: (directory: string) => string | null,
): Promise<Store> {
  if (!isNeeded && !existsSync(directory)) throw new Error(`${directory} does not exist yet.`);
  const trouble = whyNoPlace(directory) ?? unsafe(whyUnsafe(directory));
  if (trouble !== null) throw new Error(trouble);
  const inode = lstatSync(directory).ino;
  if (known?.inode === inode && existsSync(join(directory, 'index.jsonl'))) return known;
  known?.index.close();
  const lines = readIndex(directory);
  const byFolder = new Map(lines.map((line) => [line.folder, line.process]));
  // A folder whose line was never written, or is lost, says itself whose it is.
  let highest = 0;
  const kept = new KeptFolders(directory);
  // Before the first incident of this engine; later a hidden folder is one that is being taken.
  if (known === null) await kept.clearLeftovers();
  await kept.load(async (name) => {
    const process = byFolder.get(name);
    if (process !== undefined) return process;
    const incident = await readIncidentFile(join(directory, name));
    highest = Math.max(highest, incident?.number ?? 0);
    return incident?.process ?? null;
  });
  return { index: new IncidentIndex(directory, lines, highest), kept, inode };
}

function unsafe(reason: string | null): string | null {
  return reason === null
    ? null
    : `${reason}, who could put something else in its place. Correct the owner or the rights.`;
}

/** Null when it is not there or spoilt. */
export async function readIncidentFile(folder: string): Promise<IncidentFile | null> {
  try {
    const value = JSON.parse(await readFile(join(folder, 'incident.json'), 'utf8')) as IncidentFile | null;
    return typeof value === 'object' && Number.isSafeInteger(value?.number) ? value : null;
  } catch {
    return null;
  }
}
