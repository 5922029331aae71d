import { phrase } from '../notices/phrase.ts';
import { groupOf, pauseOf } from './pause.ts';
import { allDependants } from './plan.ts';
import type { Course } from './state.ts';
import { cycle } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** A member comes back after a failure: whoever its group restarts with it goes down first. */
export function restartWith(turn: Turn, place: Place): void {
  const others = companions(turn, place).filter(
    (other) => turn.process(other.process).wanted === 'up' && pauseOf(turn, other.process) === null,
  );
  if (others.length === 0) return;
  send(turn, others, cycle);
  const { group, name } = turn.process(place.process);
  const { lastFailure } = turn.slot(place);
  const reason =
    lastFailure === null ? phrase('went-down', { name }) : phrase('failed', { name, problem: lastFailure });
  turn.notice('group.restarting', null, { reason }, { group });
}

/** A member was given up: whoever cannot be without it is given up too. */
export function giveUpWith(turn: Turn, place: Place): void {
  const { group, name } = turn.process(place.process);
  const others = companions(turn, place).filter((other) => turn.slot(other).phase.is !== 'fatal');
  send(turn, others, { is: 'give-up', cause: turn.slotName(place) });
  if (groupOf(turn, group).spec.strategy !== 'one-for-one') {
    turn.notice('group.gave-up', null, { reason: phrase('was-given-up', { name }) }, { group });
  }
}

/** The slots that the group's strategy ties to this one: all of its group, those that depend on it, or none. */
function companions(turn: Turn, place: Place): Place[] {
  const { group } = turn.process(place.process);
  const { strategy } = groupOf(turn, group).spec;
  if (strategy === 'one-for-one') return [];
  const processes =
    strategy === 'one-for-all'
      ? (turn.state.plan.members.get(group) ?? [])
      : dependantsWithin(turn, place.process, group);
  return processes
    .flatMap((process) => turn.places(process))
    .filter(
      (other) =>
        (other.process !== place.process || other.number !== place.number) && turn.slot(other).course.is !== 'retire',
    );
}

/** Members of the group that depend on a process, directly or not. */
function dependantsWithin(turn: Turn, process: number, group: string): readonly number[] {
  return allDependants(turn.state.plan, process).filter((dependant) => turn.process(dependant).group === group);
}

/** All are marked before any moves: nobody starts against one that is about to go down. */
function send(turn: Turn, places: readonly Place[], course: Course): void {
  for (const place of places) turn.changeSlot(place, { course });
  for (const place of places) {
    turn.open(place);
    turn.openNeighbours(place.process);
  }
}
