import type { Effect } from '../../../source/engine/effect.ts';
import { slotName } from '../../../source/engine/state.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import { check, eachSlot, eachStart, type Laws, slotOf } from '../evidence.ts';

/** Who lives, and who is touched. */
export const instanceLaws: Laws = {
  'at most one living instance per slot of a command entry': ({ step, world }) => {
    eachSlot(step.state, (process, slot) => {
      if (process.spec.kind !== 'command') return;
      check(slot.living.length <= 1, `${slotName(process, slot)} holds ${slot.living.length}`);
      const mains = world.mainsOf(slotName(process, slot));
      check(
        mains.length <= 1,
        `${mains.map((main) => main.instance.pid).join(' and ')} both live for ${slotName(process, slot)}`,
      );
    });
  },

  'nothing is launched of which a copy lives still': ({ step, world }) => {
    const launched = new Set<string>();
    eachStart(step, (process, slot, effect) => {
      if (effect.do !== 'launch') return;
      const name = slotName(process, slot);
      check(
        world.mainsOf(name).length === 0,
        `${name} is launched while ${world.mainsOf(name)[0]?.instance.pid} lives`,
      );
      check(!launched.has(name), `${name} is launched twice in one step`);
      launched.add(name);
    });
  },

  'no effect names an instance that the engine knows to be dead': ({ step }) => {
    for (const effect of step.effects) {
      if (effect.do !== 'ask' && effect.do !== 'watch' && effect.do !== 'probe') continue;
      const slot = slotOf(step.state, effect.slot)?.slot;
      const isKnown = slot?.living.some((living) => isSameInstance(living.instance, effect.instance)) === true;
      // Taken in and let go of in one step: a new profile does not name it any more.
      const isLetGo = step.effects.some(
        (other) => other.do === 'unwatch' && isSameInstance(other.instance, effect.instance),
      );
      check(isKnown || isLetGo, `${effect.do} names pid ${effect.instance.pid} of ${effect.slot}, which is not living`);
    }
  },

  'more than there may be are known as a surplus, and nothing else is': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      if (process.spec.kind !== 'match') return;
      const isOver = slot.living.length > process.spec.instances.max;
      const name = slotName(process, slot);
      check(isOver === (slot.surplus !== null), `${name} holds ${slot.living.length} of ${process.spec.instances.max}`);
    });
  },

  'nobody is asked or killed in place of another': ({ step, world }) => {
    for (const effect of step.effects) {
      for (const instance of aimedAt(effect)) {
        const owner = world.ownerOf(instance);
        const slot = 'slot' in effect ? effect.slot : '';
        const isItsOwn = owner === null || owner === slot || owner === slot.slice(0, slot.lastIndexOf('#'));
        check(isItsOwn, `${effect.do} of ${slot} names pid ${instance.pid}, which is ${owner}`);
      }
    }
  },
};

function aimedAt(effect: Effect) {
  if (effect.do === 'ask') return [effect.instance];
  return effect.do === 'kill-tree' ? effect.instances.map((living) => living.instance) : [];
}
