import { type Relation, relationsOf } from '../../action/relations.ts';
import { find } from '../../action/subject.ts';
import { conditionOf } from '../../condition.ts';
import type { Model } from '../../model.ts';
import { glyph, type Tone } from '../../theme.ts';
import { say } from '../../words/text.ts';
import { stateCell } from '../cells.ts';
import { type Line, type Span, span } from '../line.ts';
import { nearName } from '../note.ts';

const MOST_ROWS = 5;
const MOST_FURTHER = 3;

type Way = 'needs' | 'needed-by';

interface Side {
  readonly way: Way;
  readonly group: string;
  /** The process whose page it is waits for what it needs. */
  readonly isWaiting: boolean;
}

/**
 * Whom it needs and who needs it, a row each, and behind an arrow those one step further:
 * `├▸ database ● running, ready  ─▸ storage ● running`. Arrows point to what is needed.
 */
export function graph(name: string, group: string, model: Model): Readonly<Record<Way, readonly Line[]>> {
  const { needs, neededBy } = relationsOf(model, name);
  const subject = find(model, name);
  const isWaiting = subject?.is === 'process' && subject.process.state === 'waiting';
  return {
    needs: rows(needs, { way: 'needs', group, isWaiting }, model),
    'needed-by': rows(neededBy, { way: 'needed-by', group, isWaiting }, model),
  };
}

function rows(relations: readonly Relation[], side: Side, model: Model): readonly Line[] {
  const { ascii } = model;
  if (relations.length === 0) return [[span(say(model, 'none'), 'dim')]];
  // Who waits is what one comes for.
  const ordered = [...relations].sort((a, b) => Number(a.holds) - Number(b.holds));
  const shown = ordered.slice(0, MOST_ROWS);
  const rest = ordered.length - shown.length;
  const lines = shown.map((relation, at): Line => {
    const isLast = at === shown.length - 1 && rest === 0;
    const stem = glyph(isLast ? 'last-branch' : 'branch', ascii);
    const head = glyph(side.way === 'needs' ? 'needs' : 'needed', ascii);
    return [span(`${stem}${head} `, 'dim'), ...far(relation, side, model), ...further(relation, side, model)];
  });
  return rest === 0
    ? lines
    : [...lines, [span(`${glyph('last-branch', ascii)}  ${say(model, 'more-of-them', { count: rest })}`, 'dim')]];
}

/** `database ● running, ready`; where the condition does not hold, who waits for whom. */
function far({ name, process, condition, holds }: Relation, { way, group, isWaiting }: Side, model: Model): Span[] {
  const spans = [span(`${shortName(name, process?.expected ?? 1, group, model)} `), ...stateOf(process, model)];
  if (holds) return way === 'needs' ? [...spans, span(`, ${conditionWord(condition, model)}`, 'dim')] : spans;
  const waits = way === 'needs' ? isWaiting : process?.state === 'waiting';
  const sentence = waits ? (way === 'needs' ? 'waited-for' : 'waits-for-it') : 'not-so-now';
  return [...spans, span(`, ${say(model, sentence, { condition: conditionWord(condition, model) })}`, 'busy')];
}

function further({ further: next }: Relation, { way, group }: Side, model: Model): Span[] {
  if (next.length === 0) return [];
  const arrow = glyph(way === 'needs' ? 'far-needs' : 'far-needed', model.ascii);
  const rest = next.length - MOST_FURTHER;
  const names = next
    .slice(0, MOST_FURTHER)
    .flatMap(({ name, process, holds }, at) => [
      span(`${at === 0 ? '' : ', '}${shortName(name, process?.expected ?? 1, group, model)} `, 'dim'),
      ...signOf(process, model),
      span(holds ? '' : glyph('pending', model.ascii), 'busy'),
    ]);
  return [span(`  ${arrow} `, 'dim'), ...names, span(rest > 0 ? ` +${rest}` : '', 'dim')];
}

function stateOf(process: Relation['process'], model: Model): readonly Span[] {
  return process === undefined ? [span(say(model, 'not-there'), 'fatal')] : stateCell(process, model);
}

function signOf(process: Relation['process'], model: Model): readonly Span[] {
  if (process === undefined) return [];
  const condition = conditionOf(process);
  const tone: Tone = condition;
  return [span(glyph(condition, model.ascii), tone)];
}

function shortName(name: string, expected: number, group: string, model: Model): string {
  return expected > 1 ? `${nearName(name, group)} ${glyph('times', model.ascii)}${expected}` : nearName(name, group);
}

function conditionWord(condition: string, model: Model): string {
  return condition === 'started' || condition === 'ready' || condition === 'completed'
    ? say(model, condition)
    : condition;
}
