import type { Phase, Slot } from './state.ts';
import type { ProcessState } from './status.ts';

/** What people call each phase: supervisord's words. */
export const publicState: { readonly [P in Phase['is']]: ProcessState } = {
  stopped: 'stopped',
  waiting: 'waiting',
  backoff: 'backoff',
  launching: 'starting',
  scripting: 'starting',
  searching: 'starting',
  readying: 'starting',
  running: 'running',
  examining: 'running',
  lacking: 'running',
  settling: 'stopping',
  asking: 'stopping',
  sweeping: 'stopping',
  exited: 'exited',
  fatal: 'fatal',
};

/** Of several slots the one that needs a person most speaks for the process. */
const byNeed: readonly ProcessState[] = [
  'fatal',
  'backoff',
  'stopping',
  'starting',
  'waiting',
  'stopped',
  'exited',
  'running',
];

export function stateOf(slots: readonly Pick<Slot, 'phase'>[]): ProcessState {
  const states = new Set(slots.map((slot) => publicState[slot.phase.is]));
  return byNeed.find((state) => states.has(state)) ?? 'stopped';
}
