import { formatProblem } from '../../profile/problem.ts';
import { withEngine } from '../connect.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';

export const run: Run = async (call, context) => {
  const result = await withEngine(context, (engine) => engine.call('reload', { dryRun: call.flags.dryRun === true }));
  if (call.flags.json) context.printJson(result);
  if (!result.ok) {
    context.tell(context.say('notReloaded', { count: result.problems.length }));
    if (!call.flags.json) for (const problem of result.problems) context.print(formatProblem(problem));
    return exitStatus.badProfile;
  }
  if (!call.flags.json) {
    const { added, removed, changed, restarted } = result;
    context.print(
      context.say(call.flags.dryRun === true ? 'wouldReload' : 'reloaded', {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
      }),
    );
    for (const [sign, names] of [
      ['+', added],
      ['-', removed],
      ['~', changed],
    ] as const) {
      for (const name of names)
        context.print(`  ${sign} ${name}${restarted.includes(name) ? ` (${context.say('isRestarted')})` : ''}`);
    }
  }
  return exitStatus.done;
};
