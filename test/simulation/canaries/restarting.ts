import { step } from '../../../source/engine/step.ts';
import { type Canary, slotsChanged, specsSeenAs } from '../planted.ts';

/** Engines that count wrongly. */
export const restartingCanaries: Readonly<Record<string, Canary>> = {
  'restarts never exceed the limit within the window': specsSeenAs((spec) => ({
    ...spec,
    restart: { ...spec.restart, limit: 1_000 },
  })),

  // A start that went well forgives what was before: a slow crash loop would go on for ever.
  'a counted restart stays counted until it leaves the window': slotsChanged((slot, _, event) =>
    event.type === 'launched' ? { ...slot, restarts: [] } : slot,
  ),

  'each restart after a failure is said, and counted, once': (state, event) => {
    const taken = step(state, event);
    return { ...taken, notices: taken.notices.filter((notice) => notice.id !== 'process.restarting') };
  },

  // Its backoff never resets.
  'the wait before a restart is what the count within the window says': specsSeenAs(({ ...spec }) => ({
    ...spec,
    restart: { ...spec.restart, delayMs: spec.restart.backoff.maxMs },
  })),

  'giving up is said once, when it happens': (state, event) => {
    const taken = step(state, event);
    const again = state.processes.find((process) =>
      process.slots.some((slot) => slot.number === 1 && slot.phase.is === 'fatal'),
    );
    if (again === undefined) return taken;
    const about = { group: again.group, process: again.spec.name, instance: null, by: null, parameters: {} };
    return { ...taken, notices: [...taken.notices, { id: 'process.gave-up', atMs: event.at.wallMs, ...about }] };
  },

  'nothing is given up before its limit is reached within the window': specsSeenAs((spec) => ({
    ...spec,
    restart: { ...spec.restart, limit: 0 },
  })),

  'what ends as it may has ended, under a pause too': slotsChanged((slot, was) =>
    slot.phase.is === 'exited' && was !== undefined && was.phase.is !== 'exited'
      ? { ...slot, phase: { is: 'waiting', for: 'resume' } }
      : slot,
  ),
};
