import type { DependencyCondition } from '../profile/profile.ts';
import type { ProcessRecord, Slot } from './state.ts';
import type { Turn } from './turn.ts';

/** Every dependency's condition holds, and none of them is about to go down. */
export function dependenciesHold(turn: Turn, process: number): boolean {
  return (turn.state.plan.dependencies[process] ?? []).every(({ index, condition }) =>
    conditionHolds(turn.process(index), condition),
  );
}

export function conditionHolds(dependency: ProcessRecord, condition: DependencyCondition): boolean {
  return dependency.slots.every(
    (slot) => slot.retiring || slotSatisfies(slot, condition, dependency.wanted === 'down'),
  );
}

function slotSatisfies(slot: Slot, condition: DependencyCondition, isWantedDown: boolean): boolean {
  const { is } = slot.phase;
  if (condition === 'completed') return is === 'exited';
  if (slot.cycling || isWantedDown) return false;
  if (condition === 'ready') return is === 'running';
  // A one-shot that ended as it may was started.
  return is === 'running' || is === 'readying' || is === 'exited';
}

/** The stop order is the reverse of the start order: dependants that go down as well are down before this one is asked. */
export function dependantsAreDown(turn: Turn, process: number): boolean {
  return (turn.state.plan.dependants[process] ?? []).every((index) => {
    const dependant = turn.process(index);
    return dependant.slots.every((slot) => !goesDown(dependant, slot) || isDown(slot));
  });
}

export function goesDown(process: ProcessRecord, slot: Slot): boolean {
  return process.wanted === 'down' || slot.cycling || slot.retiring;
}

/** Nothing of it lives and nothing of it is under way. */
function isDown(slot: Slot): boolean {
  return (
    slot.living.length === 0 &&
    slot.phase.is !== 'launching' &&
    slot.phase.is !== 'scripting' &&
    slot.phase.is !== 'sweeping'
  );
}
