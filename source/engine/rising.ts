import { phrase } from '../notices/phrase.ts';
import type { Because, Slot } from './state.ts';
import { stay } from './state.ts';
import { restartWith } from './strategy.ts';
import type { Place, Turn } from './turn.ts';

/**
 * Begins the way up. Unless it has just been seen to be gone, what something else may have started meanwhile is looked
 * for first. After a failure whoever the group restarts with it is sent down.
 */
export function rise(turn: Turn, place: Place, because: Because, isSeenGone = false): void {
  const { spec, name } = turn.process(place.process);
  if (spec.kind === 'command' || isSeenGone)
    turn.enter(place, { is: 'waiting', for: 'dependencies', because }, { course: stay });
  else {
    turn.enter(place, { is: 'waiting', for: 'search', because }, { course: stay });
    turn.effect({ do: 'search', process: name });
  }
  if (because === 'failure') restartWith(turn, place);
}

/** Nothing of it lives: it comes to rest where it was sent, or begins its way up again. */
export function rest(turn: Turn, place: Place, slot: Slot): void {
  const { wanted } = turn.process(place.process);
  const { course } = slot;
  if (course.is === 'retire') turn.enter(place, { is: 'stopped' }, { missed: false });
  else if (wanted === 'down') turn.enter(place, { is: 'stopped' }, { course: stay, missed: false });
  else if (course.is === 'give-up')
    turn.enter(
      place,
      { is: 'fatal', reason: phrase('was-given-up', { name: course.cause }), cause: course.cause },
      { course: stay },
    );
  else rise(turn, place, 'request');
}
