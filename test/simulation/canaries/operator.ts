import { step } from '../../../source/engine/step.ts';
import { type Canary, effectsChanged, slotsChanged } from '../planted.ts';

/** Engines that do not listen. */
export const operatorCanaries: Readonly<Record<string, Canary>> = {
  'each request is answered once': effectsChanged((effects) => effects.filter((effect) => effect.do !== 'answer')),

  'a request that is refused changes nothing': (state, event) => {
    const taken = step(state, event);
    const isRefused = taken.effects.some((effect) => effect.do === 'answer' && !effect.answer.ok);
    if (!isRefused) return taken;
    const processes = taken.state.processes.map((process) => ({ ...process, wanted: 'down' as const }));
    return { ...taken, state: { ...taken.state, processes } };
  },

  'a restart by an operator is neither counted nor refused by the limit': slotsChanged((slot, _, event) =>
    event.type === 'requested' && event.request.verb === 'restart'
      ? { ...slot, restarts: [...slot.restarts, event.at.monoMs] }
      : slot,
  ),
};
