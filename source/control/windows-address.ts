// The places of an engine on Windows. Pure but for the path of the current folder, which a relative PROCSAVER_HOME starts from.
import { win32 } from 'node:path';
import type { Environment, Places } from './places.ts';

const pipes = '\\\\.\\pipe\\';

export function isPipe(path: string): boolean {
  return path.startsWith(pipes);
}

/** All accounts share these places: the engine is the machine's. `PROCSAVER_HOME` makes others, with a pipe of their own. */
export function windowsPlaces(instance: string, environment: Environment): Places {
  const own = environment['PROCSAVER_HOME'] ?? '';
  const shared = win32.join(environment['ProgramData'] ?? environment['PROGRAMDATA'] ?? 'C:\\ProgramData', 'procsaver');
  const home = own === '' ? shared : win32.resolve(own);
  const stateDirectory = win32.join(home, instance);
  return {
    instance,
    profilesDirectory: win32.join(home, 'profiles.d'),
    stateDirectory,
    journalFile: win32.join(stateDirectory, 'journal.jsonl'),
    evidenceDirectory: win32.join(stateDirectory, 'evidence'),
    controlSocket: `${pipes}procsaver-${own === '' ? '' : `${markOf(home)}-`}${instance}`,
    otherControlSockets: [],
  };
}

/** Pipes lie in no folder: the name has to tell one home from the next. Windows does not tell capitals from small letters. */
function markOf(home: string): string {
  // Loaded when it is needed: a command on Linux should not wait for it.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(home.toLowerCase()).digest('hex').slice(0, 16);
}
