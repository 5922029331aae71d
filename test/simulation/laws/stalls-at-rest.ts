import { slotName } from '../../../source/engine/state.ts';
import { check, eachSlot } from '../evidence.ts';
import type { Rest } from './at-rest.ts';
import { inVain } from './stalls.ts';

export const stallRestLaws: Readonly<Record<string, (rest: Rest) => void>> = {
  'each slot whose rules run has exactly one timer, and none when no rule runs': ({ state, timers }) => {
    const expected = new Map<string, number>();
    eachSlot(state, (process, slot) => {
      if (slot.phase.is === 'examining') return;
      // The answer to a look is awaited instead.
      const dues = slot.vitals.flatMap((vital) => (vital.isLookedAt ? [] : vital.timers.map((timer) => timer.dueMs)));
      if (dues.length > 0) expected.set(`vital:${slotName(process, slot)}`, Math.min(...dues));
    });
    for (const [key, atMs] of expected)
      check(timers.get(key) === atMs, `${key} should ring at ${atMs}, its timer says ${timers.get(key)}`);
    for (const key of timers.keys())
      if (key.startsWith('vital:')) check(expected.has(key), `${key} has a timer and no rule runs`);
  },

  'nobody is listened to, or probed for a stall, in vain': ({ state, listened, stallProbed }) => {
    if (listened.size === 0 && stallProbed.size === 0) return;
    const slots = state.processes.flatMap((process) => process.slots);
    const found = inVain(slots, listened.values(), stallProbed.values());
    check(found === null, found ?? '');
  },
};
