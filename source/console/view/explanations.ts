import { paragraph } from '../../notices/phrase.ts';
import { find } from '../action/subject.ts';
import { conditionOf } from '../condition.ts';
import { wrap } from '../format/width.ts';
import type { Dialog, Model } from '../model.ts';
import { say } from '../words/text.ts';
import { stateCell } from './cells.ts';
import { type Line, span } from './line.ts';

const MARGIN = 3;
/** A paragraph is easier to read when its lines are not as long as the terminal is wide. */
const WIDEST = 100;

/** What the engine says of each process: its name and state, and below it the paragraph. */
export function explanations(model: Model, { explanations: told }: Extract<Dialog, { is: 'why' }>): readonly Line[] {
  if (told === null) return [[], [span(`${' '.repeat(MARGIN)}${say(model, 'asking')}`, 'dim')]];
  const width = Math.min(WIDEST, model.size.columns - 2 * MARGIN);
  return told.flatMap(({ name, sentences }): Line[] => {
    const subject = find(model, name);
    const state = subject?.is === 'process' ? stateCell(subject.process, model) : [];
    const isWell = subject?.is === 'process' && conditionOf(subject.process) === 'running';
    return [
      [],
      [span(` ${name}  `, isWell ? 'plain' : 'bright'), ...state],
      ...wrap(paragraph(sentences, model.language), width).map((line): Line => [span(`${' '.repeat(MARGIN)}${line}`)]),
    ];
  });
}
