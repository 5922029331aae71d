import { formatProblem } from '../../profile/problem.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** What became of reading the profiles again; their problems are read on a page of their own. */
export function reloaded(model: Model, { dryRun, result }: Extract<Message, { is: 'reloaded' }>): Model {
  if (!result.ok) {
    const [problem] = result.problems;
    const first = problem === undefined ? '' : formatProblem(problem);
    const bottomLine = { kind: 'problem', text: `${say(model, 'prompt-not-reloaded')} ${first}` } as const;
    // The page shows what the status holds; of a trial run, nothing.
    return {
      ...model,
      bottomLine,
      dialog: model.dialog === null && !dryRun ? { is: 'problems', top: 0 } : model.dialog,
    };
  }
  const counts = { added: result.added.length, removed: result.removed.length, changed: result.changed.length };
  const text = say(model, dryRun ? 'prompt-would-reload' : 'prompt-reloaded', counts);
  return { ...model, bottomLine: { kind: 'done', text } };
}
