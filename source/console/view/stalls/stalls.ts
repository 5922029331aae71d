import { stopwatch } from '../../../format/duration.ts';
import { widthOf } from '../../../format/width.ts';
import { inLanguage } from '../../../notices/phrase.ts';
import { fitText, wrap } from '../../format/width.ts';
import type { Model, StallsScreen } from '../../model.ts';
import { type StallRow, stallRows } from '../../rows/stall-rows.ts';
import { glyph } from '../../theme.ts';
import { say } from '../../words/text.ts';
import { fitLine, type Line, type Span, span, spread } from '../line.ts';
import { rule } from '../rule.ts';
import { timerBar, timerTone, wholeRuleName } from '../timers.ts';
import { stallAreas } from './areas.ts';
import { lookLines } from './look-lines.ts';

const RULE_WIDTH = 9;
const WIDE_FROM = 100;

/** Every stall timer of the machine, and below them what the process under the cursor is doing. */
export function stalls(model: Model, screen: StallsScreen, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const rows = stallRows(model.status);
  const { list, foot } = stallAreas(height, rows.length);
  const shown = rows.slice(screen.top, screen.top + list);
  const below = rows.length - screen.top - shown.length;
  const widths = widthsFor(columns, rows);
  const lines: Line[] = [title(rows, model)];
  if (rows.length === 0)
    lines.push(...wrap(say(model, 'stalls-none'), columns - 6).map((text): Line => [span(`   ${text}`, 'dim')]));
  lines.push(...shown.map((row) => rowLine(row, row.key === screen.cursor, widths, screen, model)));
  const process = rows.length === 0 ? [] : [rule(model, below), ...lookLines(model, screen, foot)];
  const all = [...lines, ...process].map((line) => fitLine(line, columns, ellipsis));
  while (all.length < height) all.push([]);
  return all.slice(0, height);
}

function title(rows: readonly StallRow[], model: Model): Line {
  const stalled = rows.filter(({ isStalled }) => isStalled).length;
  const count = say(model, rows.length === 1 ? 'stalls-timer' : 'stalls-timers', { count: rows.length });
  const right: Span[] = [span(`${count} `, 'dim')];
  if (stalled > 0) right.unshift(span(`${glyph('stalled', model.ascii)} ${stalled}   `, 'stalled'));
  const { columns } = model.size;
  return spread([span(` ${say(model, 'stalls-title')}`, 'bright')], right, columns, glyph('ellipsis', model.ascii));
}

interface Widths {
  readonly name: number;
  readonly stand: number;
  readonly bar: number;
}

function widthsFor(columns: number, rows: readonly StallRow[]): Widths {
  const isWide = columns >= WIDE_FROM;
  const longest = rows.reduce((most, { target }) => Math.max(most, widthOf(target)), 8);
  return { name: Math.min(longest, Math.floor(columns * 0.25)), stand: 14, bar: isWide ? 19 : 5 };
}

/** `┃ ▲ shop/api  output  5:04 of 5:00  ███████  0:12 taken off: a debugger` */
function rowLine(row: StallRow, isCurrent: boolean, widths: Widths, screen: StallsScreen, model: Model): Line {
  const { ascii } = model;
  const { isStalled } = row;
  const target = isCurrent ? screen.target : row.target;
  const timer = liveTimer({ ...row, target }, screen);
  const name = fitText(target, widths.name, glyph('ellipsis', ascii));
  const tone = isStalled ? 'stalled' : timerTone(timer);
  return [
    span(isCurrent ? ` ${glyph('cursor', ascii)} ` : '   ', 'accent'),
    span(isStalled ? `${glyph('stalled', ascii)} ` : '  ', 'stalled'),
    span(`${name}  `, isCurrent ? 'bright' : 'plain'),
    span(`${fitText(wholeRuleName(timer.rule, model), RULE_WIDTH, '')}  `),
    span(`${fitText(standOf(row, timer, model), widths.stand, '')}  `, tone),
    ...timerBar(timer, widths.bar, model),
    span(`  ${noteOf(timer, model)}`, 'dim'),
  ];
}

/** The one under the cursor is looked at each second; the others as often as the status comes. */
function liveTimer({ target, timer }: StallRow, { look }: StallsScreen): StallRow['timer'] {
  if (look?.target !== target) return timer;
  return look.looks[0]?.stall.find(({ rule }) => rule === timer.rule) ?? timer;
}

function standOf({ timer: { probe: known } }: StallRow, timer: StallRow['timer'], model: Model): string {
  const probe = timer.probe ?? known;
  if (probe !== undefined) return say(model, 'stalls-failed', { count: probe.failures, limit: probe.limit });
  return say(model, 'stalls-of', { elapsed: stopwatch(timer.elapsedMs), limit: stopwatch(timer.limitMs) });
}

/** What was taken off and why, what the probe said. */
function noteOf({ lostMs, lostTo, probe }: StallRow['timer'], model: Model): string {
  const parts: string[] = [];
  if (probe !== undefined && probe.text !== '') parts.push(probe.text);
  if (lostMs >= 1000) {
    const off = say(model, 'timer-lost', { lost: stopwatch(lostMs) });
    parts.push(lostTo === '' ? off : `${off}: ${inLanguage(lostTo, model.language)}`);
  }
  return parts.join('; ');
}
