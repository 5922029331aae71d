import type { NoticeLine } from '../../notices/notice.ts';
import { noteWidth } from '../columns.ts';
import { moment } from '../format/clock.ts';
import type { Model } from '../model.ts';
import { wordsOf } from '../reading/timeline-lines.ts';
import { type Line, lineWidth, span } from './line.ts';

/** With less room than this nothing could be read of it. */
const LEAST_ROOM = 30;
const BETWEEN = 2;

/** The note, and beside it, where the terminal is wide, what was said of the process last. */
export function withLastNotice(note: Line, name: string, model: Model): Line {
  const used = note.length === 0 ? 0 : lineWidth(note) + BETWEEN;
  if (noteWidth(model.size.columns, model.list.hidden) - used < LEAST_ROOM) return note;
  const last = latestOf(model.notices).get(name);
  if (last === undefined) return note;
  const words = wordsOf(last, model.language, model.nowMs);
  // Whose it is stands at the beginning of the row.
  const own = words.startsWith(name) ? words.slice(name.length).replace(/^[:\s]+/, '') : words;
  const text = `${moment(Date.parse(last.at), model.nowMs, model.language)} ${own}`;
  return [...note, span(note.length === 0 ? '' : ' '.repeat(BETWEEN)), span(text, 'dim')];
}

/** By full name. The notices are another list when there is a new one. */
const known = new WeakMap<readonly NoticeLine[], ReadonlyMap<string, NoticeLine>>();

function latestOf(notices: readonly NoticeLine[]): ReadonlyMap<string, NoticeLine> {
  const found = known.get(notices);
  if (found !== undefined) return found;
  const latest = new Map(notices.map((line) => [`${line.group}/${line.process}`, line]));
  known.set(notices, latest);
  return latest;
}
