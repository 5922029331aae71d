import { pidsOf } from '../action/pids.ts';
import { subjectsOf } from '../action/subject.ts';
import { type Step, step } from '../command.ts';
import { written } from '../format/value.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** So much a terminal takes into its clipboard at most. */
const MOST = 70_000;

/** The names of what is chosen; of a parameter, the words that would set it. */
export function copyName(model: Model): Step {
  if (model.screen.is === 'parameters') {
    const parameter = model.screen.parameters?.[model.screen.index];
    if (parameter === undefined) return step(model);
    return copied(model, `${parameter.field}=${written(parameter.current)}`);
  }
  return copied(
    model,
    subjectsOf(model)
      .map(({ name }) => name)
      .join('\n'),
  );
}

/** The pids of all that lives of what is chosen. */
export function copyPid(model: Model): Step {
  return copied(model, pidsOf(model).join(' '));
}

function copied(model: Model, text: string): Step {
  const shown = text.includes('\n') ? `${text.split('\n')[0]} (+${text.split('\n').length - 1})` : text;
  const bottomLine = { kind: 'done', text: say(model, 'copied', { text: shown }) } as const;
  return step({ ...model, bottomLine }, { is: 'copy', text: text.slice(0, MOST) });
}
