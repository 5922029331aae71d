import type { Run } from '../context.ts';
import { exportOne } from '../evidence/export.ts';
import { list } from '../evidence/list.ts';
import { show } from '../evidence/show.ts';
import { wrongUsage } from '../failure.ts';

interface Action {
  /** The words that may follow, those that must stand first. */
  readonly words: readonly string[];
  readonly needed: number;
  readonly run: Run;
}

const actions: Readonly<Record<string, Action>> = {
  list: { words: ['TARGET'], needed: 0, run: list },
  show: { words: ['NUMBER', 'FILE'], needed: 1, run: show },
  export: { words: ['NUMBER'], needed: 1, run: exportOne },
};

/** What stands in the evidence folder of the instance; it is read as it lies there, whether an engine runs or not. */
export const run: Run = (call, context) => {
  const [word = '', ...rest] = call.rest;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (action === undefined) throw wrongUsage('noEvidenceWord', { word });
  const command = `evidence ${word}`;
  const missing = action.words.slice(rest.length, action.needed)[0];
  if (missing !== undefined) throw wrongUsage('missingArgument', { command, argument: missing });
  const surplus = rest[action.words.length];
  if (surplus !== undefined) throw wrongUsage('surplusArgument', { command, argument: surplus });
  if (call.flags.to !== undefined && word !== 'export')
    throw wrongUsage('flagOfOthers', { flag: '--to', command, others: 'evidence export' });
  return action.run({ ...call, rest }, context);
};
