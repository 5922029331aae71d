import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment, Places } from './places.ts';
import { windowsPlaces } from './windows-address.ts';

export const defaultInstance = 'default';

export function places(
  instance: string,
  environment: Environment,
  uid: number,
  system: NodeJS.Platform = process.platform,
): Places {
  if (system === 'win32') return windowsPlaces(instance, environment);
  const home = environment['PROCSAVER_HOME'];
  if (home !== undefined && home !== '') return placesUnder(resolve(home), instance);
  return uid === 0 ? placesOfRoot(instance) : placesOfUser(instance, environment, uid);
}

function placesUnder(home: string, instance: string): Places {
  const directory = join(home, instance);
  return layOut(instance, join(home, 'profiles.d'), directory, [join(directory, 'control.sock')]);
}

function placesOfRoot(instance: string): Places {
  return layOut(instance, '/etc/procsaver/profiles.d', join('/var/lib/procsaver', instance), [
    join('/run/procsaver', instance, 'control.sock'),
  ]);
}

function placesOfUser(instance: string, environment: Environment, uid: number): Places {
  const home = absolute(environment['HOME']) ?? homedir();
  const configuration = absolute(environment['XDG_CONFIG_HOME']) ?? join(home, '.config');
  const stateDirectory = join(
    absolute(environment['XDG_STATE_HOME']) ?? join(home, '.local/state'),
    'procsaver',
    instance,
  );
  // Without a session, under cron for example, there is no runtime directory; the state directory is there always.
  const besideState = join(stateDirectory, 'control.sock');
  const runtime = absolute(environment['XDG_RUNTIME_DIR']);
  const inRuntime = join(runtime ?? `/run/user/${uid}`, 'procsaver', instance, 'control.sock');
  const sockets = runtime === undefined ? [besideState, inRuntime] : [inRuntime, besideState];
  return layOut(instance, join(configuration, 'procsaver/profiles.d'), stateDirectory, sockets);
}

function layOut(
  instance: string,
  profilesDirectory: string,
  stateDirectory: string,
  sockets: readonly string[],
): Places {
  const [controlSocket = '', ...otherControlSockets] = sockets;
  return {
    instance,
    profilesDirectory,
    stateDirectory,
    journalFile: join(stateDirectory, 'journal.jsonl'),
    evidenceDirectory: join(stateDirectory, 'evidence'),
    controlSocket,
    otherControlSockets,
  };
}

/** The XDG rules say that a relative path in these variables is to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}

/** The instance's name becomes part of paths. Null when it is fine, or else what is wrong with it. */
export function instanceNameProblem(name: string): string | null {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return null;
  return `${JSON.stringify(name)} cannot be an instance's name; expected 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit`;
}

/** <sys/un.h>: sun_path holds 108 bytes with its closing zero; a longer path would be cut off silently. */
const longestSocketPathBytes = 107;

/** Null when a socket can have this path. */
export function socketPathProblem(path: string): string | null {
  const bytes = Buffer.byteLength(path);
  if (bytes <= longestSocketPathBytes) return null;
  return `the path of the control socket is ${bytes} bytes long, the system allows ${longestSocketPathBytes}: ${path}; choose a shorter PROCSAVER_HOME or instance name`;
}
