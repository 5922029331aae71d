import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { memory } from '../../format/amount.ts';
import { type Exported, exportIncident } from '../../platform/evidence/export-incident.ts';
import { type ReadIncident, readIncident } from '../../platform/evidence/read-incidents.ts';
import type { Context, Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { evidenceFolder, readOrFail } from './folder.ts';

/** Packs an incident into one archive. A file that is there already stays as it is. */
export const exportOne: Run = async ({ rest: [which = ''], flags }, context) => {
  const { file, bytes, number, files } = await exportHere(which, flags.to, context);
  if (flags.json) context.printJson({ file, bytes, number });
  else context.print(file);
  const ofMemory = files.map(({ name }) => name).filter(isMemory);
  const size = memory(bytes);
  context.tell(
    ofMemory.length === 0
      ? context.say('exported', { number, size })
      : context.say('exportedMemory', { number, size, files: ofMemory.join(', ') }),
  );
  return exitStatus.done;
};

/** Into the current directory, unless another place is named. */
export async function exportHere(
  which: string,
  place: string | undefined,
  context: Context,
): Promise<Exported & Pick<ReadIncident, 'files'>> {
  const directory = evidenceFolder(context);
  const { folder, incident, files } = readOrFail(await readIncident(directory, which));
  const to = resolve(context.surroundings.directory, place ?? '');
  const file = isFolder(to) ? join(to, `${basename(folder)}.tar.gz`) : to;
  return { ...readOrFail(await exportIncident(directory, incident.number, file)), files };
}

/** Nothing can be masked in these. */
function isMemory(name: string): boolean {
  return name === 'core' || name.startsWith('core.') || name.endsWith('.dmp');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
