import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { memory } from '../../format/amount.ts';
import { type Exported, exportIncident } from '../../platform/evidence/export-incident.ts';
import { readIncident } from '../../platform/evidence/read-incidents.ts';
import type { Context, Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { evidenceFolder, readOrFail } from './folder.ts';

/** Packs an incident into one archive. A file that is there already stays as it is. */
export const exportOne: Run = async ({ rest: [which = ''], flags }, context) => {
  const { file, bytes, number } = await exportHere(which, flags.to, context);
  if (flags.json) context.printJson({ file, bytes, number });
  else context.print(file);
  context.tell(context.say('exported', { number, size: memory(bytes) }));
  return exitStatus.done;
};

/** Into the current directory, unless another place is named. */
export async function exportHere(which: string, place: string | undefined, context: Context): Promise<Exported> {
  const directory = evidenceFolder(context);
  const { folder, incident } = readOrFail(await readIncident(directory, which));
  const to = resolve(context.surroundings.directory, place ?? '');
  const file = isFolder(to) ? join(to, `${basename(folder)}.tar.gz`) : to;
  return readOrFail(await exportIncident(directory, incident.number, file));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
