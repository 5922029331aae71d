import type { RestartSpec } from '../profile/profile.ts';
import type { Slot } from './state.ts';

/** The restarts that count now: those that have not left the sliding window. */
export function restartsInWindow(slot: Pick<Slot, 'restarts'>, spec: RestartSpec, nowMs: number): readonly number[] {
  return slot.restarts.filter((at) => at > nowMs - spec.withinMs);
}

export function isLimitReached(slot: Pick<Slot, 'restarts'>, spec: RestartSpec, nowMs: number): boolean {
  return restartsInWindow(slot, spec, nowMs).length >= spec.limit;
}

/** How long to wait before the restart that follows `earlier` ones within the window. `chance`: 0 to 1, varies the backoff. */
export function restartDelayMs(spec: RestartSpec, earlier: number, chance: number): number {
  if (earlier === 0) return spec.delayMs;
  const { initialMs, factor, maxMs, jitter } = spec.backoff;
  const plain = Math.min(maxMs, initialMs * factor ** (earlier - 1));
  return Math.round(plain * (1 + jitter * (2 * chance - 1)));
}

/** The next number of a small seeded generator (mulberry32): chance is part of the state, so that a history replays. */
export function nextChance(random: number): { readonly random: number; readonly chance: number } {
  const next = (random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { random: next, chance: ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296 };
}
