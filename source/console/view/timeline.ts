import type { NoticeLine } from '../../notices/notice.ts';
import { clock, day } from '../format/clock.ts';
import { gap } from '../format/gap.ts';
import { fitText, wrap } from '../format/width.ts';
import { scrolled } from '../layout.ts';
import type { Model } from '../model.ts';
import type { TimelineScreen } from '../reading/reading-model.ts';
import { shownLines, wordsOf } from '../reading/timeline-lines.ts';
import { glyph } from '../theme.ts';
import { TIMELINE_FRAME_ROWS } from '../update/timeline.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, span } from './line.ts';
import { lookOf, textTone } from './notices.ts';
import { filled, nameOf, readingTitle } from './reading-title.ts';
import { rule } from './rule.ts';

const GAP_WIDTH = 11;
const WHO_WIDTH = 10;
/** From here on who did it has a column; before, the sentence tells. */
const WHO_FROM = 100;

/** What happened, oldest first, with the time between neighbours; below it the whole of the line under the cursor. */
export function timeline(model: Model, screen: TimelineScreen, height: number): readonly Line[] {
  const lines = shownLines(screen, model.language);
  const room = height - TIMELINE_FRAME_ROWS;
  const top = scrolled(screen.top, screen.index, room, lines.length);
  const hasDays = lines.slice(top, top + room).some(({ at }) => day(Date.parse(at)) !== day(model.nowMs));
  const rows = lines
    .slice(top, top + room)
    .map((line, at) => row(line, lines[top + at - 1], top + at === screen.index, hasDays, model));
  if (lines.length === 0) rows.push([span(`   ${say(model, screen.older === 'asked' ? 'asking' : 'none')}`, 'dim')]);
  const title = say(model, 'timeline-of', { target: nameOf(model, screen.target) });
  return [
    readingTitle(model, title, standing(screen, lines.length, top, model)),
    ...filled(rows, room),
    rule(model),
    ...filled(whole(lines[screen.index], model), TIMELINE_FRAME_ROWS - 2),
  ];
}

function standing(screen: TimelineScreen, count: number, top: number, model: Model): string {
  const { query, older, follows } = screen;
  const filter = query.text === '' || query.isTyping ? '' : `/${query.text}   `;
  const above = top > 0 ? '' : `${say(model, `older-${older}`)}   `;
  const place = follows ? say(model, 'following') : `${screen.index + 1}/${count}`;
  return `${filter}${above}${place}`;
}

function row(
  line: NoticeLine,
  before: NoticeLine | undefined,
  isCurrent: boolean,
  hasDays: boolean,
  model: Model,
): Line {
  const { columns } = model.size;
  const { sign, tone } = lookOf(line);
  const atMs = Date.parse(line.at);
  const since = before === undefined ? '' : gap(atMs - Date.parse(before.at));
  const who = line.by ?? '';
  const cells: Line = [
    span(isCurrent ? ` ${glyph('cursor', model.ascii)} ` : '   ', 'accent'),
    span(`${hasDays ? `${day(atMs)} ` : ''}${clock(atMs)} `, 'dim'),
    span(`${fitText(since, GAP_WIDTH, '', 'right')}  `, isLong(since) ? 'plain' : 'dim'),
    span(`${glyph(sign, model.ascii)} `, tone),
    span(columns >= WHO_FROM ? `${fitText(who, WHO_WIDTH, glyph('ellipsis', model.ascii))} ` : '', 'accent'),
    span(wordsOf(line, model.language, model.nowMs), isCurrent ? 'bright' : textTone(line)),
  ];
  return fitLine(cells, columns, glyph('ellipsis', model.ascii));
}

/** Minutes and more are what the eye looks for among seconds. */
function isLong(since: string): boolean {
  return / [mhd] /.test(since);
}

/** The sentence, and what the row has no room for: its id, who did it. */
function whole(line: NoticeLine | undefined, model: Model): Line[] {
  if (line === undefined) return [];
  const who = line.by === null ? say(model, 'by-engine') : say(model, 'by-operator', { by: line.by });
  const head = `${line.at}  ${line.id}  ${who}  `;
  const width = model.size.columns - 2;
  return wrap(`${head}${wordsOf(line, model.language, model.nowMs)}`, width).map(
    (text): Line => [span(` ${text}`, 'dim')],
  );
}
