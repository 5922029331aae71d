// What systemd's properties of a unit mean: org.freedesktop.systemd1(5).
import { signalName } from '../../../native-bindings/linux/exit-status.ts';
import type { Exit, Instance } from '../../ports/instance.ts';
import type { ServiceState } from '../../ports/service-manager.ts';
import type { Properties } from './systemd-connection.ts';

/** ActiveState; what a later systemd may add counts as changing, for it is neither. */
const meanings: Readonly<Record<string, ServiceState['is']>> = {
  active: 'up',
  reloading: 'up',
  refreshing: 'up',
  activating: 'changing',
  deactivating: 'changing',
  maintenance: 'changing',
  inactive: 'down',
  failed: 'down',
};

/** ExecMainCode: si_code of <signal.h>. */
const CLD_EXITED = 1;
const CLD_KILLED = 2;
const CLD_DUMPED = 3;

/** `main` is `gone` when its main process has ended and the manager does not know yet. */
export function stateOf(unit: string, properties: Properties, main: Instance | 'gone' | null): ServiceState {
  const active = text(properties, 'ActiveState');
  // What becomes of a service whose main process is gone, the manager will say.
  const is = main === 'gone' && meaning(properties) === 'up' ? 'changing' : meaning(properties);
  if (is === 'unknown') return unknown(`Unit ${unit} could not be found.`);
  // While it runs again its last end is history, and what is down has no main process, whatever is still named.
  return {
    is,
    main: is === 'down' || main === 'gone' ? null : main,
    exit: meaning(properties) === 'up' ? null : exitOf(properties),
    words: words(active, properties),
  };
}

export function unknown(why: string): ServiceState {
  return { is: 'unknown', main: null, exit: null, words: why };
}

function meaning(properties: Properties): ServiceState['is'] {
  const active = text(properties, 'ActiveState');
  // A unit whose file is gone may still run, or have failed; only without either is there nothing.
  if (active === 'inactive' && text(properties, 'LoadState') === 'not-found') return 'unknown';
  // Between the end and the restart later versions of systemd show failed or inactive, with this as the finer state.
  if (text(properties, 'SubState').endsWith('before-auto-restart')) return 'changing';
  return meanings[active] ?? 'changing';
}

function exitOf(properties: Properties): Exit | null {
  const status = Number(properties['ExecMainStatus'] ?? 0);
  switch (Number(properties['ExecMainCode'] ?? 0)) {
    case CLD_EXITED:
      return { code: status };
    case CLD_KILLED:
      return { signal: signalName(status), core: false };
    case CLD_DUMPED:
      return { signal: signalName(status), core: true };
    default:
      return null;
  }
}

/** As `systemctl status` prints it, and why the manager cannot use the unit's file. */
function words(active: string, properties: Properties): string {
  const finer = text(properties, 'SubState');
  const result = text(properties, 'Result');
  const load = text(properties, 'LoadState');
  return [
    active,
    finer === '' || finer === active ? '' : ` (${finer})`,
    result === '' || result === 'success' ? '' : ` (Result: ${result})`,
    load === '' || load === 'loaded' ? '' : ` (${load})`,
  ].join('');
}

function text(properties: Properties, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

/** The same for the engine: to say it again would be no news. */
export function isSameState(a: ServiceState, b: ServiceState): boolean {
  return (
    a.is === b.is &&
    a.words === b.words &&
    a.main?.pid === b.main?.pid &&
    a.main?.startTime === b.main?.startTime &&
    JSON.stringify(a.exit) === JSON.stringify(b.exit)
  );
}
