import type { NoticeLine } from '../../notices/notice.ts';
import { clock } from '../format/clock.ts';
import type { Model } from '../model.ts';
import { wordsOf } from '../reading/timeline-lines.ts';
import { type GlyphName, glyph, type Tone } from '../theme.ts';
import { fitLine, type Line, span } from './line.ts';

/** The newest first, as the eye comes from the list above. */
export function notices(model: Model, count: number): readonly Line[] {
  if (count === 0) return [];
  const lines = model.notices
    .slice(-count)
    .reverse()
    .map((line) => noticeRow(line, model, model.size.columns));
  while (lines.length < count) lines.push([]);
  return lines;
}

export function noticeRow(line: NoticeLine, model: Model, width: number): Line {
  const { sign, tone } = lookOf(line);
  const text = wordsOf(line, model.language, model.nowMs);
  const row = [
    span(` ${clock(Date.parse(line.at))} `, 'dim'),
    span(`${glyph(sign, model.ascii)} `, tone),
    span(text, textTone(line)),
  ];
  return fitLine(row, width, glyph('ellipsis', model.ascii));
}

export function lookOf({ id, severity }: NoticeLine): { readonly sign: GlyphName; readonly tone: Tone } {
  if (id === 'operator.paused') return { sign: 'paused', tone: 'paused' };
  if (id === 'process.restarting' || id === 'group.restarting') return { sign: 'backoff', tone: 'backoff' };
  if (id === 'process.up' || id === 'process.ready') return { sign: 'running', tone: 'running' };
  if (id === 'process.stalled') return { sign: 'stalled', tone: 'stalled' };
  if (id === 'process.stall-ended') return { sign: 'running', tone: 'running' };
  if (severity === 'critical') return { sign: 'fatal', tone: 'fatal' };
  if (severity === 'error') return { sign: 'fatal', tone: 'backoff' };
  return { sign: 'info', tone: 'dim' };
}

export function textTone({ severity }: NoticeLine): Tone {
  if (severity === 'critical') return 'fatal';
  return severity === 'error' || severity === 'warning' ? 'plain' : 'dim';
}
