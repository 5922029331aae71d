import { deadlineOf, slotName } from '../../../source/engine/state.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import { eachSlot } from '../evidence.ts';
import type { Node } from './small-world.ts';

export const waitingLaw = 'nobody waits for what will never come';

/** A slot that waits for an event which nobody owes the engine, in words; null: there is none. */
export function forgottenWait(node: Node): string | null {
  const { owed } = node;
  let forgotten: string | null = null;
  eachSlot(node.state, (process, slot) => {
    const name = slotName(process, slot);
    const { phase } = slot;
    const hasTimer = owed.timers[`slot:${name}`] !== undefined;
    const isOwed = {
      launching: () => owed.launches.some((launch) => launch.slot === name),
      sweeping: () => owed.sweeps.includes(name) || owed.exits.some((exit) => exit.slot === name),
      waiting: () =>
        phase.is !== 'waiting' ||
        phase.for !== 'search' ||
        owed.searches.some((search) => search.process === process.name),
      readying: () => owed.probes.some((probe) => probe.slot === name) || hasTimer,
    };
    for (const { instance, isLookedAt } of slot.vitals)
      if (isLookedAt && !owed.looks.some((look) => isSameInstance(look.instance, instance)))
        forgotten = `${name} waits for a look that nobody takes`;
    if (phase.is !== 'examining' && slot.vitalAtMs !== null && owed.timers[`vital:${name}`] !== slot.vitalAtMs)
      forgotten = `${name} waits for the timer of its rules, which is not set`;
    const isDue = phase.is in isOwed ? isOwed[phase.is as keyof typeof isOwed]() : true;
    const isTimed = deadlineOf(phase) === null || hasTimer;
    if (!(isDue || (deadlineOf(phase) !== null && hasTimer)) || !isTimed)
      forgotten = `${name} is ${JSON.stringify(phase)}`;
  });
  return forgotten;
}
