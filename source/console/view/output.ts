import { fitText, truncate } from '../format/width.ts';
import type { Model } from '../model.ts';
import { lineAt, outputRows, outputText, sourceWidth } from '../reading/page-text.ts';
import { visible } from '../reading/pager.ts';
import type { OutputScreen } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';
import { filled, nameOf, readingTitle, standing } from './reading-title.ts';
import { textLines } from './text-lines.ts';

/** What a process or a group writes, the newest below. */
export function output(model: Model, screen: OutputScreen, height: number): readonly Line[] {
  const { pager, problems, target, marks } = screen;
  const ellipsis = glyph('ellipsis', model.ascii);
  const text = outputText(screen, model);
  // A dialog below takes rows of it: no more than what is left may be drawn.
  const room = Math.min(outputRows(screen, model), Math.max(1, height - 1 - Math.min(3, problems.length)));
  const { first, end } = visible(pager, text, room);
  const width = sourceWidth(screen);
  const rows: Line[] = [];
  for (let at = first; at < end; at++) rows.push(...lineRows(model, screen, at, width));
  if (text.count === 0) rows.push([span(` ${say(model, marks === null ? 'asking' : 'no-output')}`, 'dim')]);
  // Where the last page is not full, it ends above; where a long line does not fit, its end is what is seen.
  const shown = pager.top === null && rows.length > room ? rows.slice(-room) : filled(rows, room);
  const title = say(model, 'output-of', { target: nameOf(model, target) });
  const trouble = problems
    .slice(0, height - 1 - room)
    .map(
      (problem): Line => [
        span(` ${glyph('fatal', model.ascii)} `, 'backoff'),
        span(truncate(problem, model.size.columns - 4, ellipsis), 'plain'),
      ],
    );
  const atEnd = pager.top === null ? 'following' : 'not-following';
  return [readingTitle(model, title, standing(model, pager, text, end, atEnd)), ...trouble, ...shown];
}

function lineRows(model: Model, screen: OutputScreen, at: number, sourceColumns: number): readonly Line[] {
  const line = lineAt(screen, at);
  if (line === undefined) return [];
  const { ascii, size } = model;
  const { pager } = screen;
  const ellipsis = glyph('ellipsis', ascii);
  const width = size.columns - sourceColumns - 1;
  const wanted = pager.query.text;
  const tone = line.is === 'line' ? 'plain' : 'dim';
  const rows = textLines(line.text, { width, wraps: pager.wraps, ellipsis, wanted, tone });
  const sign = span(pager.match === at ? glyph('cursor', ascii) : ' ', 'accent');
  const source = sourceColumns === 0 ? '' : `${fitText(line.source, sourceColumns - 1, ellipsis)} `;
  return rows.map((row, index) => [sign, span(index === 0 ? source : ' '.repeat(sourceColumns), 'dim'), ...row]);
}
