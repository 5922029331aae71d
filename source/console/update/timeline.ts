import type { NoticeLine } from '../../notices/notice.ts';
import type { Command } from '../command.ts';
import { areasOf, scrolled } from '../layout.ts';
import type { Model } from '../model.ts';
import { EVERYTHING, type TimelineScreen, timelineOf } from '../reading/reading-model.ts';
import { isAbout, MOST_LINES, merged, PAGE_LINES, shownLines } from '../reading/timeline-lines.ts';

/** Title above, the whole sentence of the line under the cursor below. */
export const TIMELINE_FRAME_ROWS = 4;

export function openTimeline(model: Model, target: string, own: string, from: 'list' | 'details'): Model {
  const lines = model.notices.filter((line) => isAbout(line, target));
  return { ...model, screen: settled(model, timelineOf({ target, own, from }, lines)) };
}

export function timelineQuestion({ target, older, lines }: TimelineScreen): Command {
  const isFirst = older === 'asked' && lines.length === 0;
  const oldest = isFirst ? undefined : lines[0];
  return {
    is: 'fetch-events',
    target,
    untilMs: oldest === undefined ? null : Date.parse(oldest.at),
    limit: PAGE_LINES,
  };
}

/** A page of the journal arrives above what is shown; the cursor stays on its line. */
export function withEvents(model: Model, target: string, page: readonly NoticeLine[]): Model {
  const { screen } = model;
  if (screen.is !== 'timeline' || screen.target !== target) return model;
  const lines = merged(page, screen.lines);
  const isFull = lines.length >= MOST_LINES;
  const isAll = page.length < PAGE_LINES || lines.length === screen.lines.length;
  const grown = { ...screen, lines, older: isFull ? 'too-many' : isAll ? 'none' : 'unasked' } as const;
  const more = shownLines(grown, model.language).length - shownLines(screen, model.language).length;
  const moved = { ...grown, index: screen.index + more, top: screen.top + more };
  return { ...model, screen: settled(model, moved) };
}

export function withNotice(model: Model, line: NoticeLine): Model {
  const { screen } = model;
  if (screen.is !== 'timeline' || !isAbout(line, screen.target)) return model;
  const lines = [...screen.lines, line].slice(-MOST_LINES);
  const lost = screen.lines.length + 1 - lines.length;
  const moved = { ...screen, lines, index: screen.index - lost, top: screen.top - lost };
  return { ...model, screen: settled(model, moved) };
}

/** Beyond the first line lies the journal. */
export function moveTimeline(model: Model, screen: TimelineScreen, by: number): { model: Model; commands: Command[] } {
  const count = shownLines(screen, model.language).length;
  const index = Math.max(0, Math.min(count - 1, screen.index + by));
  const isAtTop = index === 0 && by < 0;
  const asks = isAtTop && screen.older === 'unasked' && model.connection.is === 'connected';
  const older = asks ? 'asked' : screen.older;
  const next = settled(model, { ...screen, index, older, follows: index >= count - 1 && by >= 0 });
  return { model: { ...model, screen: next }, commands: asks ? [timelineQuestion(next)] : [] };
}

export function filterTimeline(model: Model, screen: TimelineScreen): Model {
  return { ...model, screen: settled(model, { ...screen, follows: true }) };
}

export function toggledTarget({ target, own }: { readonly target: string; readonly own: string }): string {
  return target === EVERYTHING ? own : EVERYTHING;
}

export function timelineRows(model: Pick<Model, 'size'>): number {
  return areasOf(model.size, 0).page - TIMELINE_FRAME_ROWS;
}

function settled(model: Model, screen: TimelineScreen): TimelineScreen {
  const count = shownLines(screen, model.language).length;
  const index = screen.follows ? Math.max(0, count - 1) : Math.max(0, Math.min(screen.index, count - 1));
  return { ...screen, index, top: scrolled(screen.top, index, timelineRows(model), count) };
}
