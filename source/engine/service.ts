import { phrase } from '../notices/phrase.ts';
import type { Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import type { ServiceState } from '../ports/service-manager.ts';
import { ended, exited } from './ending.ts';
import { cameUp } from './starting.ts';
import type { Place, Turn } from './turn.ts';

/** Stands for a service that is up without a main process, as one-shots that remain active. No process ever has this pid. */
const withoutMain: Instance = { pid: 0, startTime: 0, startedAtMs: 0 };

/** The manager of a service has said how it is. */
export function serviceChanged(turn: Turn, place: Place, state: ServiceState): void {
  switch (state.is) {
    case 'up':
      return serviceUp(turn, place, state.main ?? withoutMain);
    case 'down':
      return serviceDown(turn, place, state);
    case 'unknown':
      return serviceUnknown(turn, place, state);
    case 'changing':
      // Its manager is at work on it, and will say what becomes of it.
      return;
  }
}

function serviceUp(turn: Turn, place: Place, main: Instance): void {
  const { phase, living, lastDead } = turn.slot(place);
  const isBusy = phase.is === 'stopped' || phase.is === 'asking' || phase.is === 'sweeping' || phase.is === 'scripting';
  // The word of an end that is still to come, by the kernel's notice, leads to another look.
  if (isBusy || living.length > 0 || (lastDead !== null && isSameInstance(lastDead, main) && main.pid !== 0)) return;
  cameUp(turn, place, [{ number: 1, instance: main, launch: null }], 'found');
}

function serviceDown(turn: Turn, place: Place, state: ServiceState): void {
  const { phase, living } = turn.slot(place);
  const exit = state.exit ?? { unknown: state.words };
  const [one] = living;
  // A main process is gone when the kernel says so; without one there is only the manager's word.
  if (one !== undefined) {
    if (one.instance.pid === withoutMain.pid) exited(turn, place, one.instance, exit);
    return;
  }
  if (phase.is === 'waiting' && phase.for === 'search') turn.enter(place, { ...phase, for: 'dependencies' });
  else if (phase.is === 'settling') {
    turn.changeSlot(place, { lastExit: exit });
    ended(turn, place, { kind: 'died', exit });
  } else if (phase.is === 'searching')
    ended(turn, place, { kind: 'failed', reason: phrase('service-down-again', { words: state.words }) });
}

function serviceUnknown(turn: Turn, place: Place, state: ServiceState): void {
  const { phase } = turn.slot(place);
  const isLookedFor =
    (phase.is === 'waiting' && phase.for === 'search') || phase.is === 'searching' || phase.is === 'settling';
  if (!isLookedFor) return;
  turn.enter(place, { is: 'waiting', for: 'appearance' });
  turn.notice('process.missing', place, { reason: state.words });
}

/** Its manager did not say in time what becomes of the service. */
export function settleTimerRang(turn: Turn, place: Place): void {
  const { phase } = turn.slot(place);
  if (phase.is === 'settling') ended(turn, place, { kind: 'died', exit: phase.exit });
}
