import { step } from '../../../source/engine/step.ts';
import { type Canary, effectsChanged, slotsChanged } from '../planted.ts';

let steps = 0;

/** Engines that remember, save or show the wrong things. */
export const boundCanaries: Readonly<Record<string, Canary>> = {
  'histories and queues stay bounded': slotsChanged((slot, _, event) => ({
    ...slot,
    restarts: [...slot.restarts, ...Array.from({ length: 50 }, () => event.at.monoMs)],
  })),

  'what is saved stands before what depends on it': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'save'),
  ),

  'the snapshot survives JSON': slotsChanged((slot) => ({
    ...slot,
    lastExit: { code: Number.NaN },
  })),

  'each waiting state has exactly one timer, and no timer is without one': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'set-timer' || effect.timer.startsWith('pause:')),
  ),

  'a surplus that is not said yet has its timer, and only that': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'set-timer' || !effect.timer.startsWith('surplus:')),
  ),

  'the disk holds a record of everything there is, and of nothing else': effectsChanged((effects) =>
    effects.map((effect) =>
      effect.do === 'save'
        ? {
            ...effect,
            records: Object.fromEntries(Object.entries(effect.records).filter(([, value]) => value !== null)),
          }
        : effect,
    ),
  ),

  // It keeps something beside its state.
  'the same events give the same state': (state, event) => {
    steps += 1;
    const taken = step(state, event);
    return { ...taken, state: { ...taken.state, random: steps } };
  },
};
