import type { Effect } from '../../../source/engine/effect.ts';
import type { Event } from '../../../source/engine/event.ts';
import type { Sign } from '../../../source/engine/sign.ts';
import type { Slot } from '../../../source/engine/state.ts';
import { type Canary, deafTo, effectsChanged, eventsSeenAs, slotsChanged } from '../planted.ts';

/** Engines that judge stalls wrongly, or do the wrong thing about them. */
export const stallCanaries: Readonly<Record<string, Canary>> = {
  // It goes on keeping account of those whose rules have ended.
  'no rule runs before ready, under a pause, or after STOPPING=1': slotsChanged((slot, was) =>
    was !== undefined && was.vitals.length > 0 && slot.vitals.length === 0 ? { ...slot, vitals: was.vitals } : slot,
  ),

  'vitals name living instances only, each once': slotsChanged((slot, was) =>
    was !== undefined && slot.living.length < was.living.length ? { ...slot, vitals: was.vitals } : slot,
  ),

  // It is in a hurry.
  'a stall is called only when the silence less the lost time has reached the limit': signsSeenAs((sign, at) => ({
    ...sign,
    heldAtMs: sign.heldAtMs - (at - sign.heldAtMs),
  })),

  // It knows no fair clock.
  'a starved, traced or frozen process is never called stalled': signsSeenAs((sign) => ({
    ...sign,
    lost: { ms: 0, cause: '' },
  })),

  // It takes every look for a sign of life.
  'a hang is called within its limit, one sampling period and what was lost': signsSeenAs((sign, at) => ({
    ...sign,
    heldAtMs: at,
  })),

  // It takes what it measures for good.
  'a broken bound is called within its limit, one sampling period and what was lost': signsSeenAs((sign, at) =>
    sign.rule === 'spinning' || sign.rule.startsWith('rules.') ? { ...sign, heldAtMs: at } : sign,
  ),

  'one stall is said once until it has ended': slotsChanged((slot) => ({
    ...slot,
    vitals: slot.vitals.map((vital) => ({
      ...vital,
      timers: vital.timers.map((timer) => ({ ...timer, brokenSinceMs: null })),
    })),
  })),

  'evidence of a living process is asked for before it is asked to end for a stall': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'collect'),
  ),

  // It waits for the evidence as long as that takes.
  'a stalled process is restarted no matter what the evidence does': deafTo(
    (event, state) =>
      event.type === 'timer-rang' && event.timer.startsWith('slot:') && phaseOf(state, event.timer) === 'examining',
  ),

  'incidents asked for are bounded in every step': effectsChanged((effects) =>
    effects.flatMap((effect): Effect[] => (effect.do === 'collect' ? [effect, effect, effect] : [effect])),
  ),

  'each slot whose rules run has exactly one timer, and none when no rule runs': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'set-timer' || !effect.timer.startsWith('vital:')),
  ),

  'nobody is listened to, or probed for a stall, in vain': effectsChanged((effects) =>
    effects.filter((effect) => effect.do !== 'unwatch' && effect.do !== 'unwatch-signs'),
  ),
};

function signsSeenAs(change: (sign: Sign, atMs: number) => Sign): Canary {
  return eventsSeenAs((event: Event) =>
    event.type === 'looked' ? { ...event, signs: event.signs.map((sign) => change(sign, event.at.monoMs)) } : event,
  );
}

function phaseOf(state: Parameters<Canary>[0], timer: string): Slot['phase']['is'] | undefined {
  const [process = '', number] = timer.slice('slot:'.length).split('#');
  const slots = state.processes[state.plan.indexOf.get(process) ?? -1]?.slots;
  return slots?.find((slot) => slot.number === Number(number))?.phase.is;
}
