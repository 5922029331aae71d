import type { ProcessStatus } from '../../engine/status.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { exitText } from '../../notices/text.ts';
import type { Subject } from '../action/subject.ts';
import { conditionOf } from '../condition.ts';
import { moment } from '../format/clock.ts';
import { written as writtenValue } from '../format/value.ts';
import { fitText, wrap } from '../format/width.ts';
import type { DetailsScreen, Model } from '../model.ts';
import { glyph, type Tone } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { pauseNote } from './cells.ts';
import { graph } from './details/graph.ts';
import { incidentLines } from './details/incidents.ts';
import { pastRestarts } from './details/past-restarts.ts';
import { sparklines } from './details/sparkline.ts';
import { flowed } from './flowed.ts';
import { type Line, type Span, span } from './line.ts';
import { timerLines } from './timers.ts';

type ProcessSubject = Extract<Subject, { is: 'process' }>;

const LABEL_WIDTH = 11;
const MOST_WHY_LINES = 5;

/** What there is to know about a process at a glance: why, stalls, needs, restarts, what was changed. */
export function facts(
  { group, process }: ProcessSubject,
  { why, restarts, incidents, parameters }: DetailsScreen,
  model: Model,
  width: number,
): readonly Line[] {
  const lines: Line[] = [];
  const add = (label: TextKey, contents: readonly Line[]): void => void lines.push(...labelled(label, contents, model));
  const addText = (label: TextKey, text: string, tone: Tone, most = Number.POSITIVE_INFINITY): void => {
    const parts = wrap(text, width - LABEL_WIDTH - 2);
    const shown = parts.slice(0, most);
    if (parts.length > most) shown.push(`${shown.pop() ?? ''} ${glyph('ellipsis', model.ascii)}`);
    add(
      label,
      shown.map((part) => [span(part, tone)]),
    );
  };
  const condition = conditionOf(process);
  const tone: Tone = condition === 'running' || condition === 'stopped' ? 'plain' : condition;
  const isWell = process.why === null && process.paused === null;
  if (process.paused !== null) add('paused', [pauseNote(process.paused, model)]);
  if (why !== null) addText('why', why, tone, MOST_WHY_LINES);
  else if (process.why !== null) addText('why', inLanguage(process.why, model.language), tone);
  else if (isWell)
    add('why', [[span(say(model, process.state === 'running' ? 'is-well' : process.state, { left: '' }), 'dim')]]);
  add('stalls', timerLines(process, model));
  if (process.says !== null) addText('says', process.says, 'plain');
  const relations = graph(`${group.name}/${process.name}`, group.name, model);
  add('needs', relations.needs);
  add('needed-by', relations['needed-by']);
  addText('restarts-of', restartsText(process, model), restartsTone(process));
  if (restarts !== null && restarts.length > 0) addText('none-label', pastRestarts(restarts, model), 'plain', 3);
  if (process.kind === 'match' && process.instances.length > 1)
    addText('instances', process.instances.map(({ pid }) => `pid ${pid}`).join(', '), 'plain');
  if (process.lastExit !== null) add('last-exit', [[span(exitText(process.lastExit, model.language))]]);
  add('incidents-of', incidentLines(incidents ?? [], model));
  add('overrides', changedLines(process, parameters, model, width - LABEL_WIDTH - 2));
  return lines;
}

/** CPU and memory of the last minutes, as far as the flight recorder has them. */
export function lastMinutes({ samples, written }: DetailsScreen, model: Model, width: number): readonly Line[] {
  if (samples === null) return [];
  const drawn = sparklines({ samples, written }, width - LABEL_WIDTH - 2, model);
  const lines = drawn.length > 0 ? drawn : [[span(say(model, 'no-samples'), 'dim')]];
  return labelled('last-minutes', lines, model);
}

/** `restart.within 24h → 1h  by ops2 11:20, not saved` */
function changedLines(
  { overrides }: ProcessStatus,
  parameters: DetailsScreen['parameters'],
  model: Model,
  width: number,
): readonly Line[] {
  return Object.entries(overrides).flatMap(([field, { value, by, at }]) => {
    const parameter = parameters?.find((one) => one.field === field);
    const before = parameter === undefined ? '' : `${writtenValue(parameter.profile)} ${glyph('arrow', model.ascii)} `;
    const when = moment(Date.parse(at), model.nowMs, model.language);
    // That it is not saved yet must be read.
    const what: Line = [span(`${field} ${before}${writtenValue(value)}`, 'backoff')];
    return flowed([what, [span(`  ${say(model, 'by-at', { by, at: when })}`, 'dim')]], '', width);
  });
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

/** The label stands beside the first line. */
function labelled(label: TextKey, contents: readonly Line[], model: Model): Line[] {
  return contents.map((content, at) => [labelSpan(at === 0 ? label : 'none-label', model), ...content]);
}

function labelSpan(label: TextKey, model: Model): Span {
  return span(` ${fitText(say(model, label), LABEL_WIDTH, '')}`, 'dim');
}
