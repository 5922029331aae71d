import type { DependencyCondition } from '../profile/profile.ts';
import { isDownIfItGoesDown } from './going-down.ts';
import { allDependants } from './plan.ts';
import type { ProcessRecord, Slot } from './state.ts';
import type { Turn } from './turn.ts';

/** Every dependency's condition holds, and none of them is about to go down. */
export function dependenciesHold(turn: Turn, process: number): boolean {
  return (turn.state.plan.dependencies[process] ?? []).every(({ index, condition }) =>
    conditionHolds(turn.process(index), condition),
  );
}

export function conditionHolds(dependency: ProcessRecord, condition: DependencyCondition): boolean {
  return dependency.slots.every((slot) => slot.course.is === 'retire' || slotSatisfies(slot, condition, dependency));
}

function slotSatisfies(slot: Slot, condition: DependencyCondition, { wanted, spec }: ProcessRecord): boolean {
  const { is } = slot.phase;
  if (slot.course.is !== 'stay') return false;
  // A one-shot that failed, and may, is at its end but has completed nothing.
  if (condition === 'completed') return is === 'exited' && isSuccess(slot.lastExit, spec.restart.successExitCodes);
  if (wanted === 'down') return false;
  if (condition === 'ready') return is === 'running' || is === 'lacking';
  // A one-shot that ended as it may was started.
  return is === 'running' || is === 'lacking' || is === 'readying' || is === 'exited';
}

function isSuccess(exit: Slot['lastExit'], successExitCodes: readonly number[]): boolean {
  return exit !== null && 'code' in exit && successExitCodes.includes(exit.code);
}

/**
 * The stop order is the reverse of the start order: whoever depends on this one, directly or not, and goes down as well is
 * down before this one is asked.
 */
export function dependantsAreDown(turn: Turn, process: number): boolean {
  return allDependants(turn.state.plan, process).every((index) => isDownIfItGoesDown(turn.process(index)));
}

/** Nobody of the group is still on the way down: a group that restarts as a whole begins from the ground. */
export function groupIsDown(turn: Turn, group: string): boolean {
  return (turn.state.plan.members.get(group) ?? []).every((index) => isDownIfItGoesDown(turn.process(index)));
}
