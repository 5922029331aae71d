import { slotName } from '../../../source/engine/state.ts';
import { step } from '../../../source/engine/step.ts';
import { slotOf } from '../evidence.ts';
import { type Canary, effectsChanged, planSeenAs, slotsChanged } from '../planted.ts';

/** Engines that stop the wrong ones, or in the wrong order. */
export const stoppingCanaries: Readonly<Record<string, Canary>> = {
  'a process that is asked to stop has no dependant left that stops as well': planSeenAs((plan) => ({
    dependants: plan.dependants.map(() => []),
  })),

  // Its timers do not know of pauses.
  'a paused process is not asked to end for a failure': (state, event) => {
    if (event.type !== 'timer-rang') return step(state, event);
    const name = event.timer.slice('slot:'.length);
    if (slotOf(state, name)?.slot.phase.is !== 'readying') return step(state, event);
    const groups = state.groups.map((group) => ({ ...group, pause: null }));
    const processes = state.processes.map((process) => ({ ...process, pause: null }));
    const taken = step({ ...state, groups, processes }, event);
    const again = taken.state.processes.map((process, index) => ({
      ...process,
      pause: state.processes[index]?.pause ?? null,
    }));
    return { ...taken, state: { ...taken.state, groups: state.groups, processes: again } };
  },

  'a reload asks nobody to end whom it does not change': effectsChanged((effects, state, event) => {
    if (event.type !== 'profile-changed') return effects;
    return [
      ...effects,
      ...state.processes.flatMap((process) =>
        process.slots.flatMap((slot) =>
          slot.living.map(({ instance }) => {
            const { name, spec } = process;
            return { do: 'ask', slot: slotName(process, slot), process: name, instance, spec } as const;
          }),
        ),
      ),
    ];
  }),

  'what a reload took away leaves as soon as it has stopped': slotsChanged((slot) =>
    slot.phase.is === 'stopped' ? { ...slot, course: { is: 'retire' } } : slot,
  ),
};
