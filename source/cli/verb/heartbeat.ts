import { withEngine } from '../connect.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { report, targetOf } from '../operate.ts';

/** Quiet, since a script calls it again and again. */
export const run: Run = async (call, context) => {
  const answer = await withEngine(context, (engine) =>
    engine.call('act', { verb: 'heartbeat', target: targetOf(call) }),
  );
  if (!answer.ok || call.flags.json) return report(answer, call, context, () => '');
  return exitStatus.done;
};
