import { paragraph } from '../../notices/phrase.ts';
import { withEngine } from '../connect.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { targetOf } from '../operate.ts';

/** The engine explains itself, a paragraph a process. */
export const run: Run = async (call, context) => {
  const explanations = await withEngine(context, (engine) => engine.call('why', { target: targetOf(call) }));
  if (call.flags.json) context.printJson(explanations);
  else for (const { sentences } of explanations) context.print(paragraph(sentences, context.language));
  return exitStatus.done;
};
