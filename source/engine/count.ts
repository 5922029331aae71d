import { phrase } from '../notices/phrase.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import type { Place, Turn } from './turn.ts';

/** How many instances a slot must hold to be well. */
export function fewestOf(spec: ProcessSpec): number {
  return spec.kind === 'match' ? spec.instances.min : 1;
}

function mostOf(spec: ProcessSpec): number {
  return spec.kind === 'match' ? spec.instances.max : 1;
}

/** Too few live, for longer than the profile tolerates. */
export function noteShortage(turn: Turn, place: Place): void {
  const { spec } = turn.process(place.process);
  if (spec.kind !== 'match' || spec.instances.forMs === 0) return;
  const reason = phrase('too-few', { livingCount: turn.slot(place).living.length, leastCount: fewestOf(spec) });
  turn.notice('process.missing', place, { reason });
}

/** Keeps account of instances beyond what an entry may have; said once, when that has lasted as long as the profile tolerates. */
export function noteSurplus(turn: Turn, place: Place): void {
  const { spec } = turn.process(place.process);
  if (spec.kind !== 'match') return;
  const { living, surplus } = turn.slot(place);
  const timer = `surplus:${turn.slotName(place)}`;
  const isOver = living.length > mostOf(spec);
  if (isOver && surplus === null) {
    turn.changeSlot(place, { surplus: { sinceMs: turn.nowMs, isSaid: spec.instances.forMs === 0 } });
    if (spec.instances.forMs === 0) saySurplus(turn, place);
    else turn.effect({ do: 'set-timer', timer, atMs: turn.nowMs + spec.instances.forMs });
  }
  if (!isOver && surplus !== null) {
    turn.changeSlot(place, { surplus: null });
    if (!surplus.isSaid) turn.effect({ do: 'clear-timer', timer });
  }
}

export function surplusTimerRang(turn: Turn, place: Place): void {
  const { surplus } = turn.slot(place);
  if (surplus === null || surplus.isSaid) return;
  turn.changeSlot(place, { surplus: { ...surplus, isSaid: true } });
  saySurplus(turn, place);
}

function saySurplus(turn: Turn, place: Place): void {
  const { spec } = turn.process(place.process);
  const { living } = turn.slot(place);
  const pids = living.map((one) => one.instance.pid).join(' ');
  turn.notice('process.extra', place, {
    count: living.length,
    most: mostOf(spec),
    pids,
    reason: phrase('surplus', { livingCount: living.length, mostCount: mostOf(spec) }),
  });
}
