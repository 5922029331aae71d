import { locate } from './plan.ts';
import type { Because } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** So many starts are under way at once; the others wait for their turn. */
const startsAtOnce = 100;
const windowMs = 1_000;

/** The one timer of the brake. */
const brakeTimer = 'brake:';

/** A slot whose turn has come. */
export interface Released {
  readonly place: Place;
  readonly because: Because;
}

/**
 * Everybody who starts takes a turn, and turns are given out when nobody has a move left in this step: whoever is to be given up,
 * or to go down, has been thought of by then.
 */
export function awaitTurn(turn: Turn, place: Place, because: Because): void {
  turn.enter(place, { is: 'waiting', for: 'turn', because });
  turn.joinQueue(turn.slotName(place));
}

/** A restart was let through. */
export function noteRestart(turn: Turn): void {
  turn.changeBrake({ recent: [...recentOf(turn), turn.nowMs] });
}

/** So many more may start now, and so many of these may be restarts after a failure. */
interface Room {
  readonly starts: number;
  readonly restarts: number;
}

function roomOf(turn: Turn): Room {
  return {
    starts: startsAtOnce - turn.state.underWay,
    restarts: turn.state.brake.perSecond - recentOf(turn).length,
  };
}

function isRoomFor(because: Because, { starts, restarts }: Room): boolean {
  return starts > 0 && (because !== 'failure' || restarts > 0);
}

function withoutOne(because: Because, { starts, restarts }: Room): Room {
  return { starts: starts - 1, restarts: because === 'failure' ? restarts - 1 : restarts };
}

function recentOf(turn: Turn): readonly number[] {
  return turn.state.brake.recent.filter((at) => at > turn.nowMs - windowMs);
}

/**
 * Looks through the queue, first come, first served. A first start has room unless too many are under way, a restart unless too many
 * were let through in the last second; what an operator asks for is not held back by that rate. Those for whom there is room leave the
 * queue and are returned; those who no longer wait are dropped.
 */
export function releaseTurns(turn: Turn): readonly Released[] {
  const { queue } = turn.state.brake;
  let room = roomOf(turn);
  if (queue.length === 0 || room.starts <= 0) return [];
  const released: Released[] = [];
  let kept: string[] = [];
  for (const [index, name] of queue.entries()) {
    if (room.starts <= 0) {
      kept = kept.concat(queue.slice(index));
      break;
    }
    const waiting = waitingFor(turn, name);
    if (waiting === null) continue;
    if (isRoomFor(waiting.because, room)) {
      room = withoutOne(waiting.because, room);
      released.push(waiting);
    } else kept.push(name);
  }
  turn.changeBrake({ queue: kept });
  sayStorm(turn, room.restarts <= 0 && kept.length > 0);
  return released;
}

function waitingFor(turn: Turn, name: string): Released | null {
  const place = locate(turn.state.plan, turn.state.processes, name);
  if (place === null) return null;
  const { phase } = turn.slot(place);
  return phase.is === 'waiting' && phase.for === 'turn' ? { place, because: phase.because } : null;
}

/** Said once a storm: until the queue has run empty. */
function sayStorm(turn: Turn, isBraking: boolean): void {
  const { queue, isSaid, perSecond } = turn.state.brake;
  if (isBraking && !isSaid) turn.notice('storm.braked', null, { perSecond, waiting: queue.length });
  turn.changeBrake({ isSaid: queue.length > 0 && (isSaid || isBraking) });
}

/** The brake's timer, set while somebody waits for nothing but the rate: it rings when the oldest restart is a second old. */
export function armBrake(turn: Turn): void {
  const { queue, wakeAtMs, perSecond } = turn.state.brake;
  const recent = recentOf(turn);
  const oldest = recent[Math.max(0, recent.length - perSecond)];
  const next = queue.length > 0 && recent.length >= perSecond && oldest !== undefined ? oldest + windowMs : null;
  if (next === wakeAtMs) return;
  turn.changeBrake({ wakeAtMs: next });
  turn.effect(
    next === null ? { do: 'clear-timer', timer: brakeTimer } : { do: 'set-timer', timer: brakeTimer, atMs: next },
  );
}
