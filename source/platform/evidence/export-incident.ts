import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Read, readIncident } from './read-incidents.ts';

export interface Exported {
  /** Absolute or as it was given. */
  readonly file: string;
  readonly bytes: number;
  readonly number: number;
}

/** Packs one incident into a new .tar.gz (0600) to send away. A file that is there already is never overwritten. */
export async function exportIncident(
  directory: string,
  which: number | string,
  toFile: string,
): Promise<Read<Exported>> {
  const found = await readIncident(directory, which);
  if (!found.ok) return found;
  const { folder, incident, files } = found.value;
  let handle: FileHandle;
  try {
    handle = await open(toFile, 'wx', 0o600);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const why = isThere ? 'it exists already. Name another file, or remove it' : `${(error as Error).message}`;
    return { ok: false, problem: `${toFile} cannot be written: ${why}.` };
  }
  try {
    const { create } = await import('tar');
    // `portable` leaves out users and groups of this machine, which are nobody's business.
    const names = files.map(({ name }) => `${basename(folder)}/${name}`);
    const archive = create({ gzip: true, portable: true, cwd: dirname(folder) }, names);
    // It is no stream of Node's: `pipeline` would wait for an end that never comes.
    for await (const chunk of archive) await handle.writeFile(chunk);
    const { size } = await handle.stat();
    return { ok: true, value: { file: toFile, bytes: size, number: incident.number } };
  } catch (error) {
    await rm(toFile, { force: true }).catch(() => {});
    return {
      ok: false,
      problem: `Incident #${incident.number} could not be packed into ${toFile}: ${(error as Error).message}. Make room, or name a file on another disk.`,
    };
  } finally {
    await handle.close().catch(() => {});
  }
}
