import type { EngineState } from '../../source/engine/state.ts';
import { eachSlot } from './evidence.ts';

/** Once every fault has ended: a slot that is not where it is wanted, in words; null: there is none. */
export function stuckSlot(state: EngineState | undefined): string | null {
  if (state === undefined) return 'no engine lives at the end';
  let stuck: string | null = null;
  eachSlot(state, (process, slot) => {
    // Nothing brings `found` back but chance, `late` waits for it, and without restarts nothing comes back.
    if (process.name === 'shop/found' || process.name === 'shop/late' || process.spec.restart.limit === 0) return;
    const isWell =
      slot.phase.is === 'running' || (slot.phase.is === 'exited' && process.spec.restart.when !== 'always');
    if (!isWell) stuck = `${process.name}#${slot.number} is ${JSON.stringify(slot.phase)} though every fault has ended`;
  });
  return stuck;
}
