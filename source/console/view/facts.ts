import type { ProcessStatus } from '../../engine/status.ts';
import { memory, percent } from '../../format/amount.ts';
import { lasted, stopwatch } from '../../format/duration.ts';
import { exitText } from '../../notices/text.ts';
import type { Subject } from '../action/subject.ts';
import { conditionOf } from '../condition.ts';
import { moment } from '../format/clock.ts';
import { written } from '../format/value.ts';
import { fitText, wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { glyph, type Tone } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { pauseNote, stateCell } from './cells.ts';
import { type Line, type Span, span } from './line.ts';
import { nearName } from './note.ts';
import { timerLines } from './timers.ts';

type ProcessSubject = Extract<Subject, { is: 'process' }>;

const LABEL_WIDTH = 11;

/** What there is to know about a process at a glance: name and state, why, needs, restarts, what was changed. */
export function facts({ group, process }: ProcessSubject, model: Model, width: number): readonly Line[] {
  const lines: Line[] = [title(process, group.name, model), []];
  const add = (label: TextKey, content: Line): void => void lines.push([labelSpan(label, model), ...content]);
  const addText = (label: TextKey, text: string, tone: Tone): void => {
    for (const [at, part] of wrap(text, width - LABEL_WIDTH - 2).entries()) {
      lines.push([at === 0 ? labelSpan(label, model) : span(' '.repeat(LABEL_WIDTH + 1)), span(part, tone)]);
    }
  };
  const condition = conditionOf(process);
  const isWell = process.why === null && process.paused === null;
  if (process.paused !== null) add('paused', pauseNote(process.paused, model));
  if (!isWell && process.why !== null) addText('why', process.why, condition === 'running' ? 'plain' : condition);
  else if (isWell)
    add('why', [span(say(model, process.state === 'running' ? 'is-well' : process.state, { left: '' }), 'dim')]);
  const blank = span(' '.repeat(LABEL_WIDTH + 1));
  for (const [at, timer] of timerLines(process, model).entries())
    lines.push([at === 0 ? labelSpan('stalls', model) : blank, ...timer]);
  if (process.says !== null) addText('says', process.says, 'plain');
  add(
    'needs',
    process.dependsOn.length === 0
      ? none(model)
      : process.dependsOn.flatMap((one, at) => needSpans(one, at, group.name, model)),
  );
  add('needed-by', neededBy(`${group.name}/${process.name}`, group.name, model));
  addText('restarts-of', restartsText(process, model), restartsTone(process));
  if (process.kind === 'match' && process.instances.length > 1)
    addText('instances', process.instances.map(({ pid }) => `pid ${pid}`).join(', '), 'plain');
  if (process.lastExit !== null) add('last-exit', [span(exitText(process.lastExit, model.language))]);
  for (const [at, [field, { value, by, at: when }]] of Object.entries(process.overrides).entries()) {
    const text = `  ${say(model, 'by-at', { by, at: moment(Date.parse(when), model.nowMs, model.language) })}`;
    const label = at === 0 ? labelSpan('overrides', model) : span(' '.repeat(LABEL_WIDTH + 1));
    lines.push([label, span(`${field} ${written(value)}`, 'backoff'), span(text, 'dim')]);
  }
  return lines;
}

function title(process: ProcessStatus, group: string, model: Model): Line {
  const [first] = process.instances;
  const known: string[] = [];
  if (first !== undefined && process.expected === 1 && process.instances.length === 1) known.push(`pid ${first.pid}`);
  if (first !== undefined)
    known.push(say(model, 'engine-up', { time: lasted(model.nowMs - Date.parse(first.startedAt)) }));
  if (first !== undefined) known.push(`CPU ${percent(process.cpuPercent)}`, memory(process.memoryBytes));
  known.push(say(model, `kind-${process.kind}`));
  return [
    span(` ${group}/${process.name}  `, 'bright'),
    ...(process.stalled === null ? stateCell(process, model) : stalledFor(process.stalled, model)),
    span(`   ${known.join('   ')}`, 'dim'),
  ];
}

/** How long it has been so is what one comes for. */
function stalledFor({ since }: NonNullable<ProcessStatus['stalled']>, model: Model): Span[] {
  const time = stopwatch(model.nowMs - Date.parse(since));
  return [span(`${glyph('stalled', model.ascii)} ${say(model, 'stalled-for', { time })}`, 'stalled')];
}

function needSpans(need: ProcessStatus['dependsOn'][number], at: number, group: string, model: Model): Span[] {
  const condition = need.holds ? 'running' : 'busy';
  return [
    span(at === 0 ? '' : '   '),
    span(`${nearName(need.name, group)} `),
    span(`${glyph(condition, model.ascii)} `, condition),
    span(conditionWord(need.condition, model), need.holds ? 'dim' : 'busy'),
  ];
}

function conditionWord(condition: string, model: Model): string {
  return condition === 'started' || condition === 'ready' || condition === 'completed'
    ? say(model, condition)
    : condition;
}

function neededBy(name: string, near: string, model: Model): Line {
  const spans = model.status.groups.flatMap((group) =>
    group.processes
      .filter((process) => process.dependsOn.some((need) => need.name === name))
      .flatMap((process) => {
        const condition = conditionOf(process);
        return [
          span(`${nearName(`${group.name}/${process.name}`, near)} `),
          span(`${glyph(condition, model.ascii)}   `, condition),
        ];
      }),
  );
  return spans.length === 0 ? none(model) : spans;
}

function restartsText({ restarts }: ProcessStatus, model: Model): string {
  const { count, limit, within, nextFreeAt } = restarts;
  const text = say(model, 'restarts-counted', { count, limit, within });
  if (nextFreeAt === null) return text;
  const at = moment(Date.parse(nextFreeAt), model.nowMs, model.language);
  return `${text} ${glyph('separator', model.ascii)} ${say(model, 'next-free', { at })}`;
}

function restartsTone({ restarts: { count, limit } }: ProcessStatus): Tone {
  if (count === 0) return 'dim';
  return count >= limit ? 'backoff' : 'plain';
}

function none(model: Model): Line {
  return [span(say(model, 'none'), 'dim')];
}

function labelSpan(label: TextKey, model: Model): Span {
  return span(` ${fitText(say(model, label), LABEL_WIDTH, '')}`, 'dim');
}
