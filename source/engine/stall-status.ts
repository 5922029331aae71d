import type { Moment } from '../ports/clock.ts';
import { isResource } from './stall-ended.ts';
import { stuckText } from './stall-text.ts';
import type { ProcessRecord, Slot } from './state.ts';
import type { ProcessStatus, StallStatus } from './status.ts';

/** A stall that lasts. */
export interface Stall {
  readonly rule: string;
  readonly sinceMs: number;
  readonly reason: string;
}

/** The stall of a slot that has lasted longest; null: it works. Resource rules are no stalls. */
export function stallOf({ vitals, word }: Pick<Slot, 'vitals' | 'word'>): Stall | null {
  let longest: Stall | null =
    word.stuckSinceMs === null ? null : { rule: 'heartbeat', sinceMs: word.stuckSinceMs, reason: stuckText };
  const consider = (rule: string, sinceMs: number | null, reason: string) => {
    if (sinceMs !== null && (longest === null || sinceMs < longest.sinceMs)) longest = { rule, sinceMs, reason };
  };
  for (const { timers, probe } of vitals) {
    for (const timer of timers) if (!isResource(timer.rule)) consider(timer.rule, timer.brokenSinceMs, timer.reason);
    consider('probe', probe.brokenSinceMs, probe.text);
  }
  return longest;
}

/** Of several slots the one that has been stalled longest. */
export function stallOfAll(slots: readonly Slot[]): Stall | null {
  let longest: Stall | null = null;
  for (const slot of slots) {
    const stall = stallOf(slot);
    if (stall !== null && (longest === null || stall.sinceMs < longest.sinceMs)) longest = stall;
  }
  return longest;
}

export function stalledStatus(slots: readonly Slot[], now: Moment): ProcessStatus['stalled'] {
  const stall = stallOfAll(slots);
  if (stall === null) return null;
  const since = new Date(Math.round(now.wallMs + (stall.sinceMs - now.monoMs))).toISOString();
  return { rule: stall.rule, since };
}

/** Each stall rule that runs, as it stood at the last look. */
export function stallList({ spec, slots }: ProcessRecord): StallStatus[] {
  const vitals = slots.flatMap((slot) => slot.vitals);
  if (vitals.length === 0) return [];
  const stands = vitals.flatMap(({ timers, failedProbes }): StallStatus[] => [
    ...timers
      .filter(({ rule }) => !isResource(rule))
      .map(({ rule, elapsedMs, limitMs, lostMs }) => ({ rule, elapsedMs, limitMs, lostMs })),
    ...probeStand(spec.stall.probe, failedProbes),
  ]);
  return nearestByRule(stands);
}

/** One timer a rule: of several instances the one that is nearest to its limit. */
export function nearestByRule(timers: readonly StallStatus[]): StallStatus[] {
  const nearest = new Map<string, StallStatus>();
  for (const timer of timers) {
    const other = nearest.get(timer.rule);
    if (other === undefined || timer.elapsedMs / timer.limitMs > other.elapsedMs / other.limitMs)
      nearest.set(timer.rule, timer);
  }
  return [...nearest.values()];
}

/** The failures in a row, as time. */
function probeStand(probe: ProcessRecord['spec']['stall']['probe'], failures: number): StallStatus[] {
  if (probe === null) return [];
  const { intervalMs } = probe;
  return [{ rule: 'probe', elapsedMs: failures * intervalMs, limitMs: probe.failures * intervalMs, lostMs: 0 }];
}
