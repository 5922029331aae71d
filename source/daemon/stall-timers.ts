import { nearestByRule } from '../engine/stall-status.ts';
import type { ProcessRecord } from '../engine/state.ts';
import type { ProcessStatus, StallStatus } from '../engine/status.ts';
import type { Instance } from '../ports/instance.ts';

/** How the stall rules of one instance stand at this moment. */
export type Elapsed = (instance: Instance) => readonly Omit<StallStatus, 'slot'>[];

/**
 * The status of a process with its stall timers as they stand now. The engine itself knows a silence only as of its last
 * look, which may be as long ago as the rule's limit.
 */
export function withLiveTimers(
  process: ProcessRecord | undefined,
  status: ProcessStatus,
  elapsed: Elapsed,
): ProcessStatus {
  // No rule runs before it is ready, under a pause, or where there is none.
  if (process === undefined || status.stall.length === 0) return status;
  const timers = nearestByRule(
    process.slots.flatMap(({ living, number: slot }) =>
      living.flatMap(({ instance }) => elapsed(instance)).map((timer) => ({ ...timer, slot })),
    ),
  );
  return timers.length === 0 ? status : { ...status, stall: timers };
}

/** A timer moves all the time. What has moved by less than this share of its limit is no news to somebody who looks on. */
const visibleShare = 1 / 20;

/** The status as roughly as it is seen, timers and moments, to tell whether it differs from the one before. */
export function roughly(status: ProcessStatus): ProcessStatus {
  const stall = status.stall.map((timer) => {
    const step = Math.max(1_000, timer.limitMs * visibleShare);
    return { ...timer, elapsedMs: Math.floor(timer.elapsedMs / step), lostMs: Math.floor(timer.lostMs / step) };
  });
  const slots = status.slots.map((slot) => ({ ...slot, since: toSecond(slot.since), nextAt: toSecond(slot.nextAt) }));
  const stalled = status.stalled && { ...status.stalled, since: toSecond(status.stalled.since) };
  const restarts = { ...status.restarts, nextFreeAt: toSecond(status.restarts.nextFreeAt) };
  return { ...status, stall, slots, stalled, restarts };
}

/**
 * What the engine knows by its monotonic clock is told by the wall clock, and comes out a millisecond earlier or later each
 * time. A moment that is really another one comes with another state, pid or count.
 */
function toSecond<Moment extends string | null>(moment: Moment): Moment {
  return (moment === null ? null : moment.slice(0, '2026-11-29T23:07:42'.length)) as Moment;
}
