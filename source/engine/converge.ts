import { dependantsAreDown, dependenciesHold, goesDown } from './dependencies.ts';
import { ask } from './ending.ts';
import { pauseOf } from './pause.ts';
import { start } from './starting.ts';
import type { Slot } from './state.ts';
import type { Place, Turn } from './turn.ts';

/**
 * Takes every slot that a step has touched one move nearer to what is wanted. A move touches its neighbours, so the
 * loop runs until nobody has a move left. It ends: each move leads to a phase that waits for an event.
 */
export function converge(turn: Turn): void {
  for (let place = turn.nextOpen(); place !== undefined; place = turn.nextOpen()) {
    const slot = turn.process(place.process).slots.find((candidate) => candidate.number === place?.number);
    if (slot !== undefined) move(turn, place, slot);
  }
}

function move(turn: Turn, place: Place, slot: Slot): void {
  const process = turn.process(place.process);
  const isLeaving = process.wanted === 'down' || slot.retiring;
  switch (slot.phase.is) {
    case 'stopped':
      if (!isLeaving) rise(turn, place, slot.cycling);
      return;
    case 'exited':
    case 'fatal':
      if (isLeaving) stopOrRest(turn, place, slot);
      else if (slot.cycling) rise(turn, place, true);
      return;
    case 'waiting':
      return moveWaiting(turn, place, slot, isLeaving);
    case 'backoff':
      if (isLeaving) stopOrRest(turn, place, slot);
      else if (pauseOf(turn, place.process) !== null) turn.enter(place, { is: 'waiting', for: 'resume' });
      else if (slot.cycling) rise(turn, place, true);
      return;
    case 'scripting':
    case 'searching':
      if (isLeaving) abandonStart(turn, place, slot);
      else if (slot.cycling) turn.changeSlot(place, { cycling: false });
      return;
    case 'readying':
    case 'running':
      if (goesDown(process, slot) && dependantsAreDown(turn, place.process)) ask(turn, place, { kind: 'asked' });
      return;
    case 'launching':
    case 'asking':
    case 'sweeping':
      // Each ends with an event of its own, and the decision is made then.
      return;
  }
}

function moveWaiting(turn: Turn, place: Place, slot: Slot, isLeaving: boolean): void {
  const { phase } = slot;
  if (phase.is !== 'waiting') return;
  if (isLeaving) return stopOrRest(turn, place, slot);
  const isPaused = pauseOf(turn, place.process) !== null;
  // A restart asked for while it waits changes nothing but that the start is the operator's.
  if (slot.cycling)
    turn.changeSlot(place, { cycling: false, phase: 'asked' in phase ? { ...phase, asked: true } : phase });
  switch (phase.for) {
    case 'search':
      return;
    case 'resume':
      if (!isPaused) rise(turn, place, false);
      return;
    case 'appearance':
      return;
    case 'dependencies':
      if (isPaused) turn.enter(place, { is: 'waiting', for: 'resume' });
      else if (dependenciesHold(turn, place.process)) start(turn, place, phase.asked || slot.cycling);
  }
}

/** Begins the way up. What something else may have started meanwhile is looked for first. `asked`: an operator wants it. */
export function rise(turn: Turn, place: Place, asked: boolean): void {
  const { spec, name } = turn.process(place.process);
  if (spec.kind === 'command')
    return turn.enter(place, { is: 'waiting', for: 'dependencies', asked }, { cycling: false });
  turn.enter(place, { is: 'waiting', for: 'search', asked }, { cycling: false });
  turn.effect({ do: 'search', process: name });
}

function abandonStart(turn: Turn, place: Place, slot: Slot): void {
  if (slot.phase.is === 'scripting') turn.effect({ do: 'cancel-script', slot: turn.slotName(place) });
  stopOrRest(turn, place, slot);
}

/** Wanted down: what lives of a match entry is asked to stop, else the slot is at rest. */
function stopOrRest(turn: Turn, place: Place, slot: Slot): void {
  if (slot.living.length === 0) turn.enter(place, { is: 'stopped' }, { cycling: false, missed: false });
  else if (dependantsAreDown(turn, place.process)) ask(turn, place, { kind: 'asked' });
}
