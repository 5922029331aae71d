import { find, wholeName } from '../action/subject.ts';
import { type Step, step } from '../command.ts';
import { areasOf, scrolled } from '../layout.ts';
import type { Message } from '../message.ts';
import type { Model, StallsScreen } from '../model.ts';
import { type StallRow, stallRows } from '../rows/stall-rows.ts';
import { stallAreas } from '../view/stalls/areas.ts';
import { detailsOf } from './details.ts';

type How = { readonly by: number } | { readonly pages: number };

/** Over a slow line an answer may take its time; after this it is not waited for any more. */
const PATIENCE_MS = 5000;

/** The cursor goes to what one came from, where a timer of it runs, else to the nearest to its limit. */
export function openStalls(model: Model, from: string): Step {
  const subject = find(model, from);
  const wanted = subject?.is === 'process' ? wholeName(subject) : null;
  const own = stallRows(model.status).find(({ target }) => wanted !== null && target.split('#')[0] === wanted);
  const back = model.screen.is === 'details' ? model.screen.target : null;
  const cursor = own?.key ?? '';
  return step({
    ...model,
    screen: { is: 'stalls', cursor, index: 0, top: 0, target: '', look: null, asked: null, back },
  });
}

export function leaveStalls(model: Model, { back }: StallsScreen): Step {
  return step({ ...model, screen: back === null ? { is: 'list' } : detailsOf(back) });
}

export function detailsOfStalled(model: Model, { target }: StallsScreen): Step {
  const subject = find(model, target);
  return subject === undefined ? step(model) : step({ ...model, screen: detailsOf(wholeName(subject)) });
}

export function moveInStalls(model: Model, screen: StallsScreen, how: How): Model {
  const rows = stallRows(model.status);
  const page = stallAreas(areasOf(model.size, 0).page, rows.length).list;
  const by = 'by' in how ? how.by : how.pages * Math.max(1, page - 1);
  const index = Math.max(0, Math.min(rows.length - 1, screen.index + by));
  return { ...model, screen: { ...screen, index, cursor: rows[index]?.key ?? '' } };
}

/**
 * Timers overtake each other and go away: the cursor stays on its row, or near it. Whose row it is, is looked at: at once when that
 * is another, and each second. One question at a time, so that a slow line is not filled with them.
 */
export function settleStalls(model: Model, isTick: boolean): Step {
  const { screen } = model;
  if (screen.is !== 'stalls') return step(model);
  const rows = stallRows(model.status);
  const found = rows.findIndex(({ key }) => key === screen.cursor);
  const held = found >= 0 ? null : heldTarget(model, screen);
  const index = found >= 0 ? found : Math.max(0, Math.min(screen.index, rows.length - 1));
  const row = rows[index];
  const target = held ?? (row === undefined ? '' : targetOf(model, screen, row));
  const { list } = stallAreas(areasOf(model.size, 0).page, rows.length);
  const settled: StallsScreen = {
    ...screen,
    index,
    cursor: held === null ? (row?.key ?? '') : screen.cursor,
    top: scrolled(screen.top, index, list, rows.length),
    target,
    look: screen.look?.target === target ? screen.look : null,
  };
  const isWaiting = screen.asked !== null && model.nowMs - screen.asked < PATIENCE_MS;
  const isHidden = model.dialog !== null && 'top' in model.dialog;
  const isDue = settled.look === null || isTick;
  if (target === '' || isWaiting || isHidden || !isDue || model.connection.is !== 'connected')
    return step({ ...model, screen: settled });
  return step({ ...model, screen: { ...settled, asked: model.nowMs } }, { is: 'fetch-threads', target });
}

/** What is being restarted, or was paused, has no timers for a while. A key pressed in that moment must not meet its neighbour. */
function heldTarget(model: Model, { target }: StallsScreen): string | null {
  return target !== '' && find(model, target) !== undefined ? target : null;
}

/** Of several instances now this one is the nearest, now that; the one that is looked at stays, dead or alive, until another is stalled. */
function targetOf(model: Model, { target: before }: StallsScreen, row: StallRow): string {
  if (row.isStalled || before.split('#')[0] !== row.target.split('#')[0]) return row.target;
  const subject = find(model, before);
  const isStill = subject?.is === 'process' && subject.process.slots.some(({ slot }) => slot === subject.slot);
  return isStill && before.includes('#') === row.target.includes('#') ? before : row.target;
}

type Threads = Extract<Message, { is: 'threads' }>;

/** What comes too late, about a row that was left, is dropped. */
export function withThreads(model: Model, { target, looks }: Threads): Model {
  const { screen, nowMs } = model;
  if (screen.is !== 'stalls') return model;
  if (screen.target !== target) return { ...model, screen: { ...screen, asked: null } };
  const before = screen.look?.unmovedSince ?? {};
  const unmovedSince: Record<string, Unmoved> = {};
  for (const { pid, threads } of looks) {
    for (const { tid, state, waitsIn, runs } of threads) {
      const key = `${pid}.${tid}`;
      const stand = `${state} ${waitsIn} ${runs}`;
      const known = before[key];
      unmovedSince[key] = known?.stand === stand ? known : { stand, sinceMs: nowMs };
    }
  }
  return { ...model, screen: { ...screen, asked: null, look: { target, looks, unmovedSince } } };
}

type Unmoved = NonNullable<StallsScreen['look']>['unmovedSince'][string];
