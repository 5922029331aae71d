// Where Wine is, and how a command is run in it. Nothing else here knows.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/run.ts';

/** As scripts/install-wine.sh sets it up. */
export const wineFolder = process.env['PROCSAVER_WINE'] ?? '/var/cache/procsaver-wine';

export const isWineSetUp = existsSync(join(wineFolder, 'ready')) && process.getuid?.() === 0;

/** The words that run this command of Linux beside Wine, on the Windows in the folder `prefix`. */
export function inWine(prefix: string, command: readonly string[]): string[] {
  return [join(project, 'scripts/in-wine.sh'), wineFolder, prefix, ...command];
}
