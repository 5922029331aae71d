// What the commands read. Works on the folder itself, whether an engine runs or not.
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFolderName, reasonWord } from './folder-name.ts';
import type { IncidentFile, IndexLine } from './incident.ts';
import { readIndex } from './incident-index.ts';
import { readIncidentFile } from './open-store.ts';
import { whyUnreadable } from './safe-place.ts';

export interface Listed extends Omit<IndexLine, 'folder'> {
  /** Absolute path; null when the folder has been removed since (`keep`, the bound of all). */
  readonly folder: string | null;
}

export interface EvidenceFile {
  readonly name: string;
  readonly bytes: number;
}

export interface ReadIncident {
  /** Absolute path. */
  readonly folder: string;
  readonly incident: IncidentFile;
  readonly files: readonly EvidenceFile[];
}

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

const failed = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** `group/process`, or of another instance than the first one `group/process#2`, as notices name it. */
export function instanceName({ process, slot = 1 }: { readonly process: string; readonly slot?: number }): string {
  return slot > 1 ? `${process}#${slot}` : process;
}

/** Oldest first. `process` is `group/process#2`, `group/process` with all of its instances, or a group. */
export async function listIncidents(
  directory: string,
  { process }: { readonly process?: string | undefined } = {},
): Promise<Read<readonly Listed[]>> {
  const trouble = whyUnreadable(directory);
  if (trouble !== null) return failed(trouble);
  try {
    const folders = await foldersIn(directory);
    const listed = new Map<number, Listed>();
    const named = new Set<string>();
    for (const line of readIndex(directory)) {
      const isThere = folders.has(line.folder);
      if (isThere) named.add(line.folder);
      listed.set(line.number, { ...line, folder: isThere ? join(directory, line.folder) : null });
    }
    // A full disk may have kept an incident out of the index.
    for (const name of folders) if (!named.has(name)) await addUnlisted(join(directory, name), listed);
    const wanted = [...listed.values()].filter((one) => process === undefined || isOf(one, process));
    return { ok: true, value: wanted.sort((a, b) => a.number - b.number) };
  } catch (error) {
    return failed(`${directory} cannot be read: ${(error as Error).message}.`);
  }
}

function isOf(one: Listed, target: string): boolean {
  const names = [one.process, instanceName(one), `${one.process}#${one.slot ?? 1}`];
  return names.includes(target) || one.process.startsWith(`${target}/`);
}

async function foldersIn(directory: string): Promise<Set<string>> {
  try {
    return new Set((await readdir(directory)).filter(isFolderName));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}

async function addUnlisted(folder: string, listed: Map<number, Listed>): Promise<void> {
  const found = await readIncidentFile(folder);
  if (found === null || listed.has(found.number)) return;
  const { at, number, process, slot, text, fingerprint, same, reason } = found;
  const first = same?.number ?? number;
  const sinceMs = same?.sinceMs ?? Date.parse(at);
  listed.set(number, {
    at,
    number,
    process,
    ...(slot > 1 ? { slot } : {}),
    text,
    fingerprint,
    folder,
    first,
    sinceMs,
    times: same?.times ?? 1,
    reason: reasonWord(reason),
  });
}

/** By its number (12, `12`, `#12`), the name of its folder, or the incident's name in notices. */
export async function readIncident(directory: string, which: number | string): Promise<Read<ReadIncident>> {
  const all = await listIncidents(directory);
  if (!all.ok) return all;
  const found = await find(all.value, String(which).replace(/^#/, ''));
  if (found === undefined) {
    const last = all.value.at(-1);
    const known =
      last === undefined
        ? 'There is none in'
        : `The newest is #${last.number}; see \`procsaver evidence list\` for all in`;
    return failed(`There is no incident ${which}. ${known} ${directory}.`);
  }
  if (found.folder === null)
    return failed(
      `The evidence of incident #${found.number} (${found.process}, ${found.at}: ${found.text}) was removed to keep within \`keep\` or the bound of all evidence.`,
    );
  const incident = await readIncidentFile(found.folder);
  if (incident === null) return failed(`${found.folder}/incident.json cannot be read, or is not what was written.`);
  const files = await filesOf(found.folder);
  return { ok: true, value: { folder: found.folder, incident, files } };
}

async function find(all: readonly Listed[], which: string): Promise<Listed | undefined> {
  const byName = all.find(({ number, folder }) => String(number) === which || folder?.endsWith(`/${which}`));
  if (byName !== undefined) return byName;
  for (const one of all)
    if (one.folder !== null && (await readIncidentFile(one.folder))?.incident === which) return one;
  return undefined;
}

/** Plain files only, by name. */
async function filesOf(folder: string): Promise<EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const stat = await lstat(join(folder, name));
    if (stat.isFile()) files.push({ name, bytes: stat.size });
  }
  return files;
}

/** The text of one file of an incident, at most the last `maxBytes`. */
export async function readEvidenceText(folder: string, name: string, maxBytes = 1024 * 1024): Promise<Read<string>> {
  if (name.includes('/') || name.startsWith('.')) return failed(`${name} is not the name of a file of an incident.`);
  try {
    const handle = await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, maxBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, size - bytes.length);
      return { ok: true, value: bytes.toString('utf8', 0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return failed(`${join(folder, name)} cannot be read: ${(error as Error).message}.`);
  }
}
