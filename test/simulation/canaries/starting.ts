import { step } from '../../../source/engine/step.ts';
import { type Canary, effectsChanged, planSeenAs, slotsChanged } from '../planted.ts';

/** Engines that start too early, too often, or not at all. */
export const startingCanaries: Readonly<Record<string, Canary>> = {
  'nothing starts before the conditions of its dependencies hold': planSeenAs((plan) => ({
    dependencies: plan.dependencies.map(() => []),
  })),

  'nothing that is wanted down, paused or taken away is started': effectsChanged((effects, state) => {
    for (const { name, spec, slots } of state.processes) {
      const slot = slots.find(({ phase }) => phase.is === 'waiting' && phase.for === 'resume');
      if (slot === undefined) continue;
      const launch = { slot: `${name}#${slot.number}`, number: slot.number, process: name, launch: 'too early', spec };
      return [...effects, { do: 'launch', ...launch }];
    }
    return effects;
  }),

  'nobody of a group that restarts as a whole starts while another is still going down': planSeenAs(() => ({
    wholes: new Set(),
  })),

  // It forgets to come up again.
  'nobody who is wanted up is left stopped': (state, event) => {
    const taken = step(state, event);
    const processes = taken.state.processes.map((process) =>
      process.slots.some((slot) => slot.phase.is === 'stopped') ? { ...process, wanted: 'up' as const } : process,
    );
    return { ...taken, state: { ...taken.state, processes } };
  },

  // It does not tell dependants that their base is back.
  'nobody waits for dependencies that hold': planSeenAs((plan) => ({ dependants: plan.dependants.map(() => []) })),

  'nobody waits for the end of a pause that has ended': slotsChanged((slot, was) =>
    was?.phase.is === 'waiting' && was.phase.for === 'resume' ? { ...slot, phase: was.phase } : slot,
  ),

  'what is wanted down and does not live comes to rest at once': slotsChanged((slot, was) =>
    was?.phase.is === 'backoff' && slot.phase.is === 'stopped' ? { ...slot, phase: was.phase } : slot,
  ),

  'a start that failed is not tried again without being counted': slotsChanged((slot, was, event) =>
    event.type === 'launched' && !event.result.ok && was !== undefined ? { ...slot, restarts: was.restarts } : slot,
  ),

  // It hurries those that get ready.
  'the time to get ready is whole': (state, event) => {
    const taken = step(state, event);
    const processes = taken.state.processes.map((process, index) => ({
      ...process,
      slots: process.slots.map((slot, at) => {
        const { phase } = slot;
        const isOld = state.processes[index]?.slots[at]?.phase === phase;
        return phase.is === 'readying' && phase.untilMs !== null && !isOld
          ? { ...slot, phase: { ...phase, untilMs: phase.untilMs - 100 } }
          : slot;
      }),
    }));
    return { ...taken, state: { ...taken.state, processes } };
  },
};
