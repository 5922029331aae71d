import type { StartResult } from '../daemon/start-engine.ts';
import type { Context } from './context.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';

/** Tells why an engine did not start. */
export function tellRefusal(refusal: Extract<StartResult, { ok: false }>, context: Context): ExitStatus {
  if (refusal.status === exitStatus.badProfile) {
    // As `check` prints them, so that an editor finds the places.
    for (const problem of refusal.messages) context.surroundings.stderr.write(`${problem}\n`);
    context.tell(context.say('notStarted', { count: refusal.messages.length }));
  } else {
    for (const message of refusal.messages) context.tell(message);
  }
  return refusal.status as ExitStatus;
}
