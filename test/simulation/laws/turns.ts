import { slotName } from '../../../source/engine/state.ts';
import { check, eachSlot, type Laws, slotOf } from '../evidence.ts';

const windowMs = 1_000;
const startsAtOnce = 100;

/** The brake on restart storms, and that one slow start holds up nobody else. */
export const turnLaws: Laws = {
  'the brake lets no more restarts through in a second than it may': ({ before, step, event }) => {
    const { recent, perSecond } = step.state.brake;
    // A reload may lower the rate below what was let through already; that is no fault until one more is let through.
    if (recent === before.brake.recent) return;
    const count = recent.filter((at) => at > event.at.monoMs - windowMs).length;
    check(count <= perSecond, `${count} restarts in a second, at most ${perSecond} may be`);
  },

  'no more than a hundred starts are under way, and they are counted rightly': ({ step }) => {
    let underWay = 0;
    eachSlot(step.state, (_, slot) => {
      underWay += slot.phase.is === 'launching' || slot.phase.is === 'scripting' ? 1 : 0;
    });
    check(underWay === step.state.underWay, `${underWay} starts are under way, ${step.state.underWay} are counted`);
    check(underWay <= startsAtOnce, `${underWay} starts are under way`);
  },

  'who waits for a turn stands in the queue, once': ({ step }) => {
    const { queue } = step.state.brake;
    const names = new Set(queue);
    check(names.size === queue.length, `the queue names somebody twice: ${queue.join(' ')}`);
    eachSlot(step.state, (process, slot) => {
      const waits = slot.phase.is === 'waiting' && slot.phase.for === 'turn';
      check(
        !waits || names.has(slotName(process, slot)),
        `${slotName(process, slot)} waits for a turn that never comes`,
      );
    });
  },

  'nobody waits for a turn while there is room': ({ step, event }) => {
    const { state } = step;
    const { queue, recent, perSecond } = state.brake;
    if (queue.length === 0 || state.underWay >= startsAtOnce) return;
    const hasRate = recent.filter((at) => at > event.at.monoMs - windowMs).length < perSecond;
    for (const name of queue) {
      const phase = slotOf(state, name)?.slot.phase;
      if (phase?.is !== 'waiting' || phase.for !== 'turn') continue;
      check(phase.because === 'failure' && !hasRate, `${name} waits for its turn though there is room`);
    }
  },
};
