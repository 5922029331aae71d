import { lasted } from '../../format/duration.ts';
import { censusOf } from '../condition.ts';
import { minuteOf } from '../format/clock.ts';
import { leftFor } from '../format/left-for.ts';
import { truncate } from '../format/width.ts';
import type { Model } from '../model.ts';
import { type Condition, glyph } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { type Line, lineWidth, type Span, span, spread } from './line.ts';

const FILTER_WIDTH = 20;

/** The eye goes here first: who, how many are not well, and since when. */
const ORDER: readonly Condition[] = ['running', 'busy', 'backoff', 'stalled', 'fatal', 'stopped'];

export function header(model: Model): Line {
  const { engine } = model.status;
  const instance = engine.instance === 'default' ? [] : [span(` ${engine.instance}`, 'dim')];
  const who = [span(' procsaver', 'bright'), span(`  ${engine.host}`), ...instance];
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  if (model.connection.is === 'lost') {
    const text = say(model, 'engine-lost', { left: leftFor(model, model.connection.nextAttemptAtMs - model.nowMs) });
    return spread(who, [span(`${glyph('fatal', model.ascii)} ${text} `, 'fatal')], columns, ellipsis);
  }
  const counts = census(model);
  const since = model.nowMs - Date.parse(engine.startedAt);
  const uptime = [span(`   ${say(model, 'engine-up', { time: lasted(since) })}`, 'dim')];
  // Without seconds: where nothing happens, nothing is drawn.
  const time = [span(`   ${minuteOf(model.nowMs)} `, 'dim')];
  const { long, short } = troubles(model);
  const narrower: readonly Line[] = [
    [...long, ...counts, ...uptime, ...time],
    [...long, ...counts, ...time],
    [...short, ...counts, ...time],
  ];
  const view = viewSigns(model);
  // What is not shown must be known even where the name of the machine has no room beside it.
  const heads: readonly Line[] = view.length === 0 ? [who] : [[...who, ...view], view];
  const head =
    heads.find((line) => lineWidth(line) + lineWidth([...short, ...counts, ...time]) < columns) ?? heads.at(-1) ?? who;
  const fitting = narrower.find((line) => lineWidth(head) + lineWidth(line) < columns);
  return spread(head, fitting ?? [...short, ...counts, span(' ')], columns, ellipsis);
}

/** That the list is not as the profile has it: what it leaves out, and by what it is sorted. */
function viewSigns({ list: { filter, sort }, screen, ascii, language }: Model): Span[] {
  if (screen.is !== 'list') return [];
  const text = filter.trim();
  const found =
    text === ''
      ? []
      : [
          span(`  ${say({ language }, 'filter-is')} `, 'dim'),
          span(truncate(text, FILTER_WIDTH, glyph('ellipsis', ascii)), 'accent'),
        ];
  if (sort.by === 'profile' && !sort.isReversed) return found;
  const order = `${say({ language }, `sorted-${sort.by}`)}${sort.isReversed ? ` ${say({ language }, 'reversed')}` : ''}`;
  return [...found, span(`  ${say({ language }, 'sorted-by')} `, 'dim'), span(order, 'accent')];
}

/** Until the profiles are put right, what is in force is not what stands in them. */
function troubles(model: Model): { readonly long: Line; readonly short: Line } {
  const { length } = model.status.engine.problems;
  if (length === 0) return { long: [], short: [] };
  const line = (key: TextKey): Line => [
    span(`${glyph('fatal', model.ascii)} ${say(model, key, { count: length })}`, 'backoff'),
  ];
  return { long: line(length === 1 ? 'profile-problem' : 'profile-problems'), short: line('profiles-short') };
}

function census(model: Model): Span[] {
  const { of, paused } = censusOf(model.status.groups);
  const shown = ORDER.filter((condition) => of[condition] > 0);
  const spans = shown.flatMap((condition) => [
    span('   '),
    span(`${glyph(condition, model.ascii)} ${of[condition]}`, condition),
  ]);
  return paused > 0 ? [...spans, span('   '), span(`${glyph('paused', model.ascii)} ${paused}`, 'paused')] : spans;
}
