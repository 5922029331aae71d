import type { Effect } from '../../../source/engine/effect.ts';
import { type Canary, deafTo, effectsChanged, eventsSeenAs, slotsChanged } from '../planted.ts';

/** Engines that start and touch the wrong ones. */
export const instanceCanaries: Readonly<Record<string, Canary>> = {
  'at most one living instance per slot of a command entry': effectsChanged((effects) => {
    const second = (effect: Effect): Effect[] =>
      effect.do === 'launch' ? [effect, { ...effect, launch: `${effect.launch}again` }] : [effect];
    return effects.flatMap(second);
  }),

  // It does not look for the children that the earlier engine had made and not lived to write down.
  'nothing is launched of which a copy lives still': eventsSeenAs((event) =>
    event.type === 'began' ? { ...event, launched: {} } : event,
  ),

  'no effect names an instance that the engine knows to be dead': effectsChanged((effects, state, event) => {
    if (event.type !== 'exited') return effects;
    const { slot, instance } = event;
    const process = slot.slice(0, slot.lastIndexOf('#'));
    const spec = state.processes[state.plan.indexOf.get(process) ?? -1]?.spec;
    return spec === undefined ? effects : [...effects, { do: 'ask', slot, process, instance, spec }];
  }),

  'more than there may be are known as a surplus, and nothing else is': slotsChanged((slot) => ({
    ...slot,
    surplus: null,
  })),

  'nobody is asked or killed in place of another': effectsChanged((effects, state) => {
    const living = state.processes.flatMap((process) => process.slots.flatMap((slot) => slot.living));
    const misled = (effect: Effect): Effect => {
      const other = living.find((one) => effect.do === 'ask' && one.instance.pid !== effect.instance.pid);
      return effect.do === 'ask' && other !== undefined ? { ...effect, instance: other.instance } : effect;
    };
    return effects.map(misled);
  }),

  'everything that lives is watched': effectsChanged((effects) => effects.filter((effect) => effect.do !== 'watch')),

  'nobody is watched or probed in vain': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'unwatch' && effect.do !== 'stop-probing'),
  ),

  'when every fault has ended, everything that is wanted up comes up': deafTo((event) => event.type === 'became-ready'),
};
