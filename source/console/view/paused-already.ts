import type { PauseStatus } from '../../engine/status.ts';
import { wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { pauseNote } from './cells.ts';
import { type Line, lineWidth, span } from './line.ts';

const MOST = 4;
const MOST_LINES = 2;

/** Who else has paused what: the same may be paused already, by somebody who knows more. Empty when nothing is. */
export function pausedAlready(model: Model): readonly Line[] {
  const paused = pausesOf(model);
  if (paused.length === 0) return [];
  const told = paused.slice(0, MOST).map(({ name, pause }) => {
    const [note] = pauseNote(pause, model);
    return `${name} (${note?.text ?? ''})`;
  });
  const rest = paused.length - told.length;
  if (rest > 0) told.push(say(model, 'more-of-them', { count: rest }));
  const head = span(` ${say(model, 'paused-already')}  `, 'dim');
  const indent = span(' '.repeat(lineWidth([head])));
  const lines = wrap(told.join(', '), model.size.columns - lineWidth([head]) - 2);
  const shown = lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) shown.push(`${shown.pop() ?? ''}${glyph('ellipsis', model.ascii)}`);
  return shown.map((text, at) => [at === 0 ? head : indent, span(text, 'paused')]);
}

/** A group's pause stands once, not for each of its members. */
function pausesOf({ status }: Model): { readonly name: string; readonly pause: PauseStatus }[] {
  return status.groups.flatMap((group) =>
    group.paused !== null
      ? [{ name: group.name, pause: group.paused }]
      : group.processes.flatMap((process) =>
          process.paused === null ? [] : [{ name: `${group.name}/${process.name}`, pause: process.paused }],
        ),
  );
}
