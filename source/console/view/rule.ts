import type { Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, lineWidth, span } from './line.ts';

/** A line across the screen; near its end it tells how many rows the list has beyond it. */
export function rule(model: Model, rowsBelow = 0): Line {
  const stroke = glyph('rule', model.ascii);
  const { columns } = model.size;
  if (rowsBelow <= 0) return [span(stroke.repeat(columns), 'dim')];
  const told = span(` ${say(model, 'more-below', { count: rowsBelow })} `, 'dim');
  const end = stroke.repeat(2);
  return [span(stroke.repeat(Math.max(0, columns - lineWidth([told]) - 2)), 'dim'), told, span(end, 'dim')];
}
