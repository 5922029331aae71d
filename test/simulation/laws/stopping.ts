import { goesDown } from '../../../source/engine/going-down.ts';
import { slotName } from '../../../source/engine/state.ts';
import { check, dependantsOf, eachSlot, type Laws, pauseOn, slotOf } from '../evidence.ts';

/** Who goes down, when and in which order. */
export const stoppingLaws: Laws = {
  'a process that is asked to stop has no dependant left that stops as well': ({ step, event }) => {
    // A stop that was under way when the earlier engine died goes on, whatever a new profile makes of the others.
    if (event.type === 'began') return;
    for (const effect of step.effects) {
      if (effect.do !== 'ask') continue;
      const own = slotOf(step.state, effect.slot);
      if (own?.slot.phase.is !== 'asking' || own.slot.phase.ending.kind !== 'asked') continue;
      for (const process of dependantsOf(step.state, effect.process)) {
        for (const slot of process.slots)
          check(
            !goesDown(process, slot) || slot.living.length === 0,
            `${effect.slot} is asked to stop while its dependant ${process.name} lives`,
          );
      }
    }
  },

  'a paused process is not asked to end for a failure': ({ event, step }) => {
    // A stop that was decided before the pause, and under way when the earlier engine died, goes on.
    if (event.type === 'began') return;
    for (const effect of step.effects) {
      if (effect.do !== 'ask') continue;
      const own = slotOf(step.state, effect.slot);
      if (own?.slot.phase.is !== 'asking' || own.slot.phase.ending.kind !== 'failed') continue;
      check(pauseOn(step.state, own.process) === null, `${effect.slot} is paused and is asked to end`);
    }
  },

  'a reload asks nobody to end whom it does not change': ({ before, event, step }) => {
    if (event.type !== 'profile-changed') return;
    for (const effect of step.effects) {
      if (effect.do !== 'ask') continue;
      const was = slotOf(before, effect.slot);
      const now = slotOf(step.state, effect.slot);
      if (was === undefined || now === undefined || goesDown(was.process, was.slot)) continue;
      if (now.slot.course.is === 'retire') continue;
      const isSame = JSON.stringify(was.process.declared) === JSON.stringify(now.process.declared);
      check(!isSame, `${effect.slot} is asked to end by a reload that does not change it`);
    }
  },

  'what a reload took away leaves as soon as it has stopped': ({ step }) => {
    eachSlot(step.state, (process, slot) =>
      check(
        slot.course.is !== 'retire' || slot.phase.is !== 'stopped',
        `${slotName(process, slot)} has stopped and stays`,
      ),
    );
  },
};
