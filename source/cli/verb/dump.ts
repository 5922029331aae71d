import { type DumpKind, dumpKinds } from '../../control/dump-kinds.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { withEngine } from '../connect.ts';
import type { Context, Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandFailure, wrongUsage } from '../failure.ts';
import { dump, type Outcome } from '../incidents-under-way.ts';
import { shownMoment } from '../moment.ts';
import { targetOf } from '../operate.ts';

/** The engine gives one incident that was asked for a minute, and says what it is at meanwhile. */
const silenceMs = 90_000;

export const run: Run = async (call, context) => {
  const target = targetOf(call);
  const request = { verb: 'dump', target, kinds: kindsOf(call.flags.kind) } as const;
  const result = await withEngine(context, (engine) =>
    dump(engine, request, {
      onProgress: ({ process, stage }) => context.tell(context.say('taking', { process, stage })),
      silenceMs,
    }),
  );
  if (result.is === 'refused') {
    context.tell(inLanguage(result.problem, context.language));
    return exitStatus.failed;
  }
  const { outcomes } = result;
  if (call.flags.json) context.printJson({ incidents: outcomes });
  else for (const outcome of outcomes) tellOutcome(outcome, context);
  if (result.is === 'silent')
    throw new CommandFailure(exitStatus.failed, 'dumpSilent', { target, seconds: silenceMs / 1000 });
  return outcomes.every(({ ok }) => ok) ? exitStatus.done : exitStatus.failed;
};

/** `stack,core`; null: as the profile says. */
function kindsOf(value: string | undefined): readonly DumpKind[] | null {
  if (value === undefined) return null;
  const words = new Set(value.split(',').map((word) => word.trim()));
  return [...words].map((word) => {
    const kind = dumpKinds.find((known) => known === word);
    if (kind === undefined) throw wrongUsage('badKind', { value, kinds: dumpKinds.join(', ') });
    return kind;
  });
}

/** The result is what a script goes on with; the rest is for whoever reads along. */
function tellOutcome(outcome: Outcome, context: Context): void {
  if (!outcome.ok)
    return context.tell(context.say('dumpFailed', { process: outcome.process, reason: outcome.problem }));
  const { number, folder, sameAs, missing } = outcome;
  context.print(context.say('taken', { number, folder }));
  if (sameAs !== null) {
    const since = shownMoment(Date.parse(sameAs.since), context.surroundings.nowMs());
    context.tell(context.say('sameAs', { number, same: sameAs.number, times: sameAs.times, since }));
  }
  if (missing !== '') context.tell(context.say('notTaken', { number, missing }));
}
