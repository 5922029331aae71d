import type { Effect } from '../../source/engine/effect.ts';
import type { Event } from '../../source/engine/event.ts';
import type { EngineState } from '../../source/engine/state.ts';
import { step } from '../../source/engine/step.ts';
import type { Step } from '../../source/engine/turn.ts';

export type Canary = (state: EngineState, event: Event) => Step;

/** Engines with a planted bug, by what is wrong with them: a simulator that does not catch them proves nothing. */
export const canaries: Readonly<Record<string, Canary>> = {
  'acts before it has saved': changed((effects) => effects.filter((effect) => effect.do !== 'save')),
  'starts a second copy now and then': changed((effects) =>
    effects.flatMap((effect) =>
      effect.do === 'launch' && effect.launch.endsWith('7')
        ? [effect, { ...effect, launch: `${effect.launch}again` }]
        : [effect],
    ),
  ),
  'forgets a timer': changed((effects) =>
    effects.filter((effect) => effect.do !== 'set-timer' || effect.timer.startsWith('pause:')),
  ),
  'asks the dead to stop': (state, event) => {
    const taken = step(state, event);
    if (event.type !== 'exited') return taken;
    const { slot, instance } = event;
    const process = slot.slice(0, slot.indexOf('#'));
    const spec = state.processes[state.plan.indexOf.get(process) ?? -1]?.spec;
    return spec === undefined
      ? taken
      : { ...taken, effects: [...taken.effects, { do: 'ask', slot, process, instance, spec }] };
  },
  'does not count the restarts of the second slot': (state, event) => {
    const taken = step(state, event);
    const processes = taken.state.processes.map((process) => ({
      ...process,
      slots: process.slots.map((slot) => (slot.number === 2 ? { ...slot, restarts: [] } : slot)),
    }));
    return { ...taken, state: { ...taken.state, processes } };
  },
  'says twice that it gave up': (state, event) => {
    const taken = step(state, event);
    const isFatal = state.processes.some((process) =>
      process.slots.some((slot) => slot.number === 1 && slot.phase.is === 'fatal'),
    );
    const again = state.processes.find((process) =>
      process.slots.some((slot) => slot.number === 1 && slot.phase.is === 'fatal'),
    );
    if (!isFatal || again === undefined) return taken;
    const notice = {
      id: 'process.gave-up',
      atMs: event.at.wallMs,
      group: again.group,
      process: again.spec.name,
      instance: null,
      by: null,
      parameters: {},
    } as const;
    return { ...taken, notices: [...taken.notices, notice] };
  },
};

function changed(change: (effects: readonly Effect[]) => readonly Effect[]): Canary {
  return (state, event) => {
    const taken = step(state, event);
    return { ...taken, effects: change(taken.effects) };
  };
}
