import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { memory } from '../../format/amount.ts';
import { exportIncident } from '../../platform/evidence/export-incident.ts';
import { readIncident } from '../../platform/evidence/read-incidents.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { evidenceFolder, readOrFail } from './folder.ts';

/** Packs an incident into one archive. A file that is there already stays as it is. */
export const exportOne: Run = async ({ rest: [which = ''], flags }, context) => {
  const directory = evidenceFolder(context);
  const { folder, incident, files } = readOrFail(await readIncident(directory, which));
  const to = resolve(context.surroundings.directory, flags.to ?? '');
  const file = isFolder(to) ? join(to, `${basename(folder)}.tar.gz`) : to;
  const { bytes, number } = readOrFail(await exportIncident(directory, incident.number, file));
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

/** Nothing can be masked in these. */
function isMemory(name: string): boolean {
  return name === 'core' || name.startsWith('core.') || name.endsWith('.dmp');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
