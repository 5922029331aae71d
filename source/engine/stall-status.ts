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
  const stands = slots.flatMap(({ vitals, number: slot }) =>
    vitals.flatMap(({ timers, failedProbes, probe }): StallStatus[] => [
      ...timers
        .filter(({ rule }) => !isResource(rule))
        // Only whoever measures it knows what it was lost to.
        .map(({ rule, elapsedMs, limitMs, lostMs }) => ({ rule, elapsedMs, limitMs, lostMs, lostTo: '', slot })),
      ...probeStand(spec.stall.probe, failedProbes, probe.text).map((stand) => ({ ...stand, slot })),
    ]),
  );
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
export function probeStand(
  spec: ProcessRecord['spec']['stall']['probe'],
  failures: number,
  text: string,
): Omit<StallStatus, 'slot'>[] {
  if (spec === null) return [];
  const { intervalMs, failures: limit } = spec;
  const times = { elapsedMs: failures * intervalMs, limitMs: limit * intervalMs };
  return [
    { rule: 'probe', ...times, lostMs: 0, lostTo: '', probe: { failures, limit, text: failures === 0 ? '' : text } },
  ];
}
