import type { Model } from '../model.ts';
import type { Text } from '../reading/pager.ts';
import { EVERYTHING, type Pager } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { type Line, span, spread } from './line.ts';

/** ` Timeline of shop/api` on the left, where one stands on the right. */
export function readingTitle(model: Model, title: string, right: string): Line {
  return spread(
    [span(` ${title}`, 'bright')],
    [span(right === '' ? '' : `${right} `, 'dim')],
    model.size.columns,
    glyph('ellipsis', model.ascii),
  );
}

export function nameOf(model: Model, target: string): string {
  return target === EVERYTHING ? say(model, 'everything') : target;
}

/** How many lines lie below, or `atEnd` where none does; what is looked for stands before it. */
export function standing(model: Model, { query }: Pager, text: Text, end: number, atEnd: TextKey): string {
  const below = text.count - end;
  const place = below > 0 ? say(model, 'lines-below', { count: below }) : say(model, atEnd);
  return query.text === '' || query.isTyping ? place : `/${query.text}   ${place}`;
}

export function filled(lines: Line[], height: number): readonly Line[] {
  while (lines.length < height) lines.push([]);
  return lines.slice(0, height);
}
