import type { Effect } from '../../source/engine/effect.ts';
import type { Event } from '../../source/engine/event.ts';
import type { Plan } from '../../source/engine/plan.ts';
import type { EngineState, Slot } from '../../source/engine/state.ts';
import { slotName } from '../../source/engine/state.ts';
import { step } from '../../source/engine/step.ts';
import type { Step } from '../../source/engine/turn.ts';
import type { ProcessSpec } from '../../source/profile/profile.ts';
import { slotOf } from './evidence.ts';

/** An engine with a planted bug. */
export type Canary = (state: EngineState, event: Event) => Step;

/** Wants something else done than it should. */
export function effectsChanged(
  change: (effects: readonly Effect[], state: EngineState, event: Event) => readonly Effect[],
): Canary {
  return (state, event) => {
    const taken = step(state, event);
    return { ...taken, effects: change(taken.effects, taken.state, event) };
  };
}

/** Puts a slot down otherwise than it is. `was`: the slot before the step. */
export function slotsChanged(change: (slot: Slot, was: Slot | undefined, event: Event) => Slot): Canary {
  return (state, event) => {
    const taken = step(state, event);
    const processes = taken.state.processes.map((process) => ({
      ...process,
      slots: process.slots.map((slot) => change(slot, slotOf(state, slotName(process, slot))?.slot, event)),
    }));
    return { ...taken, state: { ...taken.state, processes } };
  };
}

/** Reads other numbers than the profile says. */
export function specsSeenAs(change: (spec: ProcessSpec) => ProcessSpec): Canary {
  return (state, event) => {
    const truth = new Map<ProcessSpec, ProcessSpec>();
    const processes = state.processes.map((process) => {
      const spec = change(process.spec);
      truth.set(spec, process.spec);
      return { ...process, spec };
    });
    const taken = step({ ...state, processes }, event);
    const restored = taken.state.processes.map((process) => ({
      ...process,
      spec: truth.get(process.spec) ?? process.spec,
    }));
    return { ...taken, state: { ...taken.state, processes: restored } };
  };
}

/** Does not know who depends on whom, or who belongs together. */
export function planSeenAs(change: (plan: Plan) => Partial<Plan>): Canary {
  return (state, event) => step({ ...state, plan: { ...state.plan, ...change(state.plan) } }, event);
}

/** Does not hear of some events. */
export function deafTo(isUnheard: (event: Event, state: EngineState) => boolean): Canary {
  return (state, event) => (isUnheard(event, state) ? { state, effects: [], notices: [] } : step(state, event));
}

/** Takes an event for another. */
export function eventsSeenAs(change: (event: Event) => Event): Canary {
  return (state, event) => step(state, change(event));
}
