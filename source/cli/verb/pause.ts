import type { Call, Context, Run } from '../context.ts';
import { wrongUsage } from '../failure.ts';
import { durationMs, momentToCome, shownMoment } from '../moment.ts';
import { request, targetOf } from '../operate.ts';

export const run: Run = async (call, context) => {
  const untilMs = endOf(call, context);
  const why = call.flags.why ?? '';
  const what = { verb: 'pause', target: targetOf(call), why, untilMs } as const;
  if (untilMs === null) return request(what, call, context, 'pausedOpen');
  return request(what, call, context, 'paused', { until: shownMoment(untilMs, context.surroundings.nowMs()) });
};

function endOf({ flags }: Call, { surroundings }: Context): number | null {
  const nowMs = surroundings.nowMs();
  if (flags.for !== undefined && flags.until !== undefined)
    throw wrongUsage('flagsTogether', { one: '--for', other: '--until' });
  if (flags.for !== undefined) return nowMs + durationMs('--for', flags.for);
  return flags.until === undefined ? null : momentToCome('--until', flags.until, nowMs);
}
