import { armBrake, releaseTurns } from './brake.ts';
import { dependantsAreDown, dependenciesHold, groupIsDown } from './dependencies.ts';
import { ask } from './ending.ts';
import { spare } from './examining.ts';
import { goesDown } from './going-down.ts';
import { pauseOf } from './pause.ts';
import { rest, rise } from './rising.ts';
import { begin, start } from './starting.ts';
import type { Slot } from './state.ts';
import { stay } from './state.ts';
import type { Place, Turn } from './turn.ts';

/**
 * Takes every slot that a step has touched one move nearer to what is wanted. A move touches its neighbours, so the
 * loop runs until nobody has a move left. It ends: each move leads to a phase that waits for an event.
 */
export function converge(turn: Turn): void {
  do {
    for (let place = turn.nextOpen(); place !== undefined; place = turn.nextOpen()) {
      const slot = turn.slotIfThere(place);
      if (slot !== undefined) move(turn, place, slot);
    }
    for (const { place, because } of releaseTurns(turn)) {
      if (canStart(turn, place)) begin(turn, place, because);
      else turn.enter(place, { is: 'waiting', for: 'dependencies', because });
    }
  } while (turn.hasOpen());
  armBrake(turn);
}

function move(turn: Turn, place: Place, slot: Slot): void {
  const process = turn.process(place.process);
  const { phase, course } = slot;
  switch (phase.is) {
    case 'stopped':
      if (course.is === 'give-up') rest(turn, place, slot);
      else if (process.wanted === 'up' && course.is !== 'retire')
        rise(turn, place, course.is === 'cycle' ? 'request' : 'first');
      return;
    case 'exited':
    case 'fatal':
      return moveAtRest(turn, place, slot);
    case 'waiting':
      return moveWaiting(turn, place, slot);
    case 'backoff':
      if (goesDown(process, slot)) leave(turn, place, slot);
      else if (pauseOf(turn, place.process) !== null) turn.enter(place, { is: 'waiting', for: 'resume' });
      return;
    case 'scripting':
    case 'searching':
    case 'settling':
      // Where it is coming up anyway a wish to restart it is fulfilled.
      if (course.is === 'cycle' && process.wanted === 'up') {
        turn.changeSlot(place, { course: stay });
        // It does not go down after all: whoever waits for that waits no more.
        turn.openNeighbours(place.process);
      } else if (goesDown(process, slot)) leave(turn, place, slot);
      return;
    case 'readying':
    case 'running':
    case 'lacking':
      if (goesDown(process, slot) && dependantsAreDown(turn, place.process)) ask(turn, place, { kind: 'asked' });
      return;
    case 'examining':
      if (pauseOf(turn, place.process) !== null) spare(turn, place);
      else if (goesDown(process, slot) && dependantsAreDown(turn, place.process)) ask(turn, place, { kind: 'asked' });
      return;
    case 'launching':
    case 'asking':
    case 'sweeping':
      // Each ends with an event of its own, and the decision is made then.
      return;
  }
}

/** It ended as it may, or was given up. */
function moveAtRest(turn: Turn, place: Place, slot: Slot): void {
  const isWantedDown = turn.process(place.process).wanted === 'down';
  if (slot.course.is === 'give-up' && slot.phase.is === 'fatal') turn.changeSlot(place, { course: stay });
  else if (isWantedDown || slot.course.is !== 'stay') leave(turn, place, slot);
}

function moveWaiting(turn: Turn, place: Place, slot: Slot): void {
  const { phase, course } = slot;
  if (phase.is !== 'waiting') return;
  const process = turn.process(place.process);
  if (process.wanted === 'down' || course.is === 'retire' || course.is === 'give-up') return leave(turn, place, slot);
  if (course.is === 'cycle') return fulfil(turn, place, slot);
  const isPaused = pauseOf(turn, place.process) !== null;
  switch (phase.for) {
    case 'search':
    case 'appearance':
      return;
    case 'turn':
      if (isPaused) turn.enter(place, { is: 'waiting', for: 'resume' });
      return;
    case 'resume':
      if (!isPaused) rise(turn, place, 'first');
      return;
    case 'dependencies':
      if (isPaused) turn.enter(place, { is: 'waiting', for: 'resume' });
      else if (canStart(turn, place)) start(turn, place, phase.because);
  }
}

/** A restart that is asked for while it waits changes nothing but the reason of its start. What lives of it goes down first. */
function fulfil(turn: Turn, place: Place, slot: Slot): void {
  if (slot.living.length > 0) return leave(turn, place, slot);
  const { phase } = slot;
  if (phase.is !== 'waiting') return;
  if ('because' in phase && phase.for !== 'turn') turn.enter(place, { ...phase, because: 'request' }, { course: stay });
  else if (phase.for === 'turn')
    turn.enter(place, { is: 'waiting', for: 'dependencies', because: 'request' }, { course: stay });
  else turn.enter(place, phase, { course: stay });
}

/** Its dependencies hold, and nobody who has to go down before it starts still lives. */
function canStart(turn: Turn, place: Place): boolean {
  const process = turn.process(place.process);
  if (process.wanted === 'down' || turn.slot(place).course.is !== 'stay' || pauseOf(turn, place.process) !== null)
    return false;
  if (!dependenciesHold(turn, place.process) || !dependantsAreDown(turn, place.process)) return false;
  return !turn.state.plan.wholes.has(process.group) || groupIsDown(turn, process.group);
}

/** Down, from a phase in which nothing of it was being stopped. What lives of it is asked to end when its turn has come. */
function leave(turn: Turn, place: Place, slot: Slot): void {
  if (slot.phase.is === 'scripting') turn.effect({ do: 'cancel-script', slot: turn.slotName(place) });
  if (slot.living.length === 0) rest(turn, place, slot);
  else if (dependantsAreDown(turn, place.process)) ask(turn, place, { kind: 'asked' });
  else if (slot.phase.is === 'scripting') turn.enter(place, { is: 'running' });
}
