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
 * Whether a slot may start now: a first start unless too many are under way, a restart unless too many were let through in
 * the last second. What an operator asks for is not held back by that rate. Whoever comes while others wait joins the queue.
 */
export function mayStart(turn: Turn, place: Place, because: Because): boolean {
  const { queue } = turn.state.brake;
  if (queue.length === 0 && hasRoom(turn, because)) return true;
  turn.enter(place, { is: 'waiting', for: 'turn', because });
  turn.joinQueue(turn.slotName(place));
  return false;
}

/** A restart was let through. */
export function noteRestart(turn: Turn): void {
  turn.changeBrake({ recent: [...recentOf(turn), turn.nowMs] });
}

function hasRoom(turn: Turn, because: Because): boolean {
  if (turn.state.underWay >= startsAtOnce) return false;
  return because !== 'failure' || recentOf(turn).length < turn.state.brake.perSecond;
}

function recentOf(turn: Turn): readonly number[] {
  return turn.state.brake.recent.filter((at) => at > turn.nowMs - windowMs);
}

/** Looks through the queue: those for whom there is room leave it and are returned; those who no longer wait are dropped. */
export function releaseTurns(turn: Turn): readonly Released[] {
  const { queue, perSecond } = turn.state.brake;
  if (queue.length === 0) return [];
  let room = startsAtOnce - turn.state.underWay;
  if (room <= 0) return [];
  const released: Released[] = [];
  let kept: string[] = [];
  let restarts = perSecond - recentOf(turn).length;
  for (const [index, name] of queue.entries()) {
    if (room <= 0) {
      kept = kept.concat(queue.slice(index));
      break;
    }
    const waiting = waitingFor(turn, name);
    if (waiting === null) continue;
    if (waiting.because === 'failure' && restarts <= 0) {
      kept.push(name);
      continue;
    }
    room -= 1;
    if (waiting.because === 'failure') restarts -= 1;
    released.push(waiting);
  }
  turn.changeBrake({ queue: kept });
  sayStorm(turn, restarts <= 0 && kept.length > 0);
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
