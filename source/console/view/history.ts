import { clean } from '../format/width.ts';
import type { Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, span } from './line.ts';
import { noticeRow } from './notices.ts';

const MOST_NOTICES = 6;

/** What happened to the process and what it said last: the newest notices first, the newest output last. */
export function history(
  model: Model,
  target: string,
  output: readonly string[] | null,
  width: number,
  height: number,
): readonly Line[] {
  if (height < 2) return Array.from({ length: Math.max(0, height) }, () => []);
  const own = model.notices.filter(({ group, process }) => `${group}/${process}` === target).slice(-MOST_NOTICES);
  const noticeCount = Math.min(own.length, Math.max(0, Math.floor(height / 2) - 1));
  const lines: Line[] = [];
  if (noticeCount > 0) {
    lines.push(heading(say(model, 'notices'), width, model));
    lines.push(
      ...own
        .slice(-noticeCount)
        .reverse()
        .map((line) => noticeRow(line, model, width)),
    );
  }
  lines.push(heading(say(model, 'output'), width, model));
  const room = height - lines.length;
  if (output === null || output.length === 0) {
    lines.push([span(` ${say(model, output === null ? 'asking' : 'no-output')}`, 'dim')]);
  } else {
    const ellipsis = glyph('ellipsis', model.ascii);
    lines.push(...output.slice(-room).map((text) => fitLine([span(` ${clean(text)}`)], width, ellipsis)));
  }
  while (lines.length < height) lines.push([]);
  return lines.slice(0, height);
}

function heading(text: string, width: number, model: Model): Line {
  const rule = glyph('rule', model.ascii);
  return fitLine([span(` ${text} `, 'dim'), span(rule.repeat(width), 'dim')], width, rule);
}
