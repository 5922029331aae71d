// What the service control manager's numbers mean: for the engine, and in words for people.
import { type ServiceStatus, serviceError, serviceState } from '../../../native-bindings/windows/service-control.ts';
import type { Exit, Instance } from '../../ports/instance.ts';
import type { ServiceState } from '../../ports/service-manager.ts';

interface Meaning {
  readonly is: ServiceState['is'];
  readonly words: string;
}

/** dwCurrentState. A paused service lives: its program is there and can be told to go on, so that nobody has to start it. */
const meanings: Readonly<Record<number, Meaning>> = {
  [serviceState.STOPPED]: { is: 'down', words: 'stopped' },
  [serviceState.START_PENDING]: { is: 'changing', words: 'starting' },
  [serviceState.STOP_PENDING]: { is: 'changing', words: 'stopping' },
  [serviceState.RUNNING]: { is: 'up', words: 'running' },
  [serviceState.CONTINUE_PENDING]: { is: 'up', words: 'going on after a pause' },
  [serviceState.PAUSE_PENDING]: { is: 'up', words: 'pausing' },
  [serviceState.PAUSED]: { is: 'up', words: 'paused' },
};

/** Errors that an operator meets, and what he does about them. */
const errors: Readonly<Record<number, string>> = {
  2: 'its program does not exist; `sc qc` shows where it should lie',
  5: 'access was denied: run procsaver as an administrator or as LocalSystem',
  193: 'its program cannot run on this Windows',
  1051: 'services that need it are running',
  1053: 'its program did not report within the time limit of Windows (30 s)',
  1058: 'it is disabled, or what it needs is; `sc config NAME start= demand` enables it',
  1060: 'there is no such service; `sc query state= all` lists the names',
  1062: 'it is not running',
  1067: 'its process ended without a word to the service control manager',
  1068: 'a service that it needs could not be started',
  1069: 'it could not log on: the password of its account is wrong, or has expired, or the account may not log on as a service',
  1072: 'it is marked for deletion: close what still holds it, such as services.msc, or restart Windows',
  1073: 'there is a service of this name already',
};

/** A positive error of <winerror.h>. */
export function errorWords(error: number): string {
  const words = errors[error];
  return words === undefined ? `error ${error} of Windows` : `${words} (error ${error})`;
}

export function unknownService(error: number): ServiceState {
  return { is: 'unknown', main: null, exit: null, words: errorWords(error) };
}

/** `main`: the process that `status` names, or `gone` when it has ended and the manager does not know yet. */
export function stateOf(status: ServiceStatus, main: Instance | 'gone' | null): ServiceState {
  const { is, words } = meanings[status.state] ?? { is: 'changing', words: `in state ${status.state}` };
  const exit = is === 'down' ? exitOf(status) : null;
  return {
    // What becomes of a service whose process is gone, the manager will say.
    is: main === 'gone' && is === 'up' ? 'changing' : is,
    main: is === 'down' || main === 'gone' ? null : main,
    exit,
    words: is === 'down' && status.exitCode !== 0 ? `${words} (${exitWords(status)})` : words,
  };
}

/** Null when it was not started since the machine was. */
function exitOf({ exitCode, specificExitCode }: ServiceStatus): Exit | null {
  if (exitCode === serviceError.ERROR_SERVICE_NEVER_STARTED) return null;
  if (exitCode === serviceError.ERROR_SERVICE_SPECIFIC_ERROR) return { code: specificExitCode };
  if (exitCode === serviceError.ERROR_PROCESS_ABORTED) return { unknown: errorWords(exitCode) };
  return { code: exitCode };
}

/** Why it stands still, of one that has stopped. */
export function exitWords({ exitCode, specificExitCode }: ServiceStatus): string {
  if (exitCode === serviceError.ERROR_SERVICE_NEVER_STARTED) return 'not started since Windows was';
  if (exitCode === serviceError.ERROR_SERVICE_SPECIFIC_ERROR) return `its own error ${specificExitCode}`;
  return exitCode === 0 ? 'ended in order' : errorWords(exitCode);
}
