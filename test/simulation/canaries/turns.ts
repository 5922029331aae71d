import { step } from '../../../source/engine/step.ts';
import type { Canary } from '../planted.ts';

const startsAtOnce = 100;

/** Engines whose brake is broken. */
export const turnCanaries: Readonly<Record<string, Canary>> = {
  'the brake lets no more restarts through in a second than it may': (state, event) => {
    const { perSecond } = state.brake;
    const taken = step({ ...state, brake: { ...state.brake, perSecond: perSecond * 10 } }, event);
    const isReload = event.type === 'began' || event.type === 'profile-changed';
    const brake = isReload ? taken.state.brake : { ...taken.state.brake, perSecond };
    return { ...taken, state: { ...taken.state, brake } };
  },

  'no more than a hundred starts are under way, and they are counted rightly': (state, event) => {
    const taken = step(state, event);
    return event.type === 'exited'
      ? { ...taken, state: { ...taken.state, underWay: taken.state.underWay + 1 } }
      : taken;
  },

  'who waits for a turn stands in the queue, once': (state, event) => {
    const taken = step(state, event);
    return { ...taken, state: { ...taken.state, brake: { ...taken.state.brake, queue: [] } } };
  },

  // One start under way holds up all others.
  'nobody waits for a turn while there is room': (state, event) => {
    if (state.underWay === 0 || event.type === 'profile-changed' || event.type === 'began') return step(state, event);
    const more = startsAtOnce - state.underWay;
    const taken = step({ ...state, underWay: startsAtOnce }, event);
    return { ...taken, state: { ...taken.state, underWay: taken.state.underWay - more } };
  },
};
