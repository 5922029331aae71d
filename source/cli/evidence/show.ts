import { join } from 'node:path';
import { memory } from '../../format/amount.ts';
import { type ReadIncident, readEvidenceText, readIncident } from '../../platform/evidence/read-incidents.ts';
import { clean } from '../columns.ts';
import type { Context, Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandFailure } from '../failure.ts';
import { evidenceFolder, readOrFail } from './folder.ts';
import { summaryLines } from './summary.ts';

/** One incident in words, or one of its files as it is. */
export const show: Run = async ({ rest: [which = '', file], flags }, context) => {
  const found = readOrFail(await readIncident(evidenceFolder(context), which));
  if (file !== undefined) {
    await printFile(found, file, context);
  } else if (flags.json) {
    context.printJson({ ...found.incident, folder: found.folder, files: found.files });
  } else {
    const { language, surroundings } = context;
    const view = { language, nowMs: surroundings.nowMs(), columns: surroundings.stdout.columns() };
    for (const line of summaryLines(found, view)) context.print(line);
  }
  return exitStatus.done;
};

/** More than this is no text that somebody reads. */
const longestTextBytes = 256 << 20;

async function printFile({ folder, incident, files }: ReadIncident, name: string, context: Context): Promise<void> {
  const file = files.find((one) => one.name === name);
  if (file === undefined) {
    const names = files.map((one) => one.name).join(', ');
    throw new CommandFailure(exitStatus.failed, 'noSuchFile', { number: incident.number, file: name, files: names });
  }
  const path = join(folder, name);
  const isNoText = new CommandFailure(exitStatus.failed, 'fileIsNoText', { path, size: memory(file.bytes) });
  if (file.bytes > longestTextBytes) throw isNoText;
  const text = readOrFail(await readEvidenceText(folder, name, longestTextBytes));
  if (text.includes('\u0000')) throw isNoText;
  const { stdout } = context.surroundings;
  // What a program has written into its output must not move the cursor of whoever reads it.
  stdout.write(stdout.isTerminal ? text.split('\n').map(clean).join('\n') : text);
}
