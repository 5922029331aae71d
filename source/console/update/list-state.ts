import { areasOf, scrolled } from '../layout.ts';
import type { ListState, Model } from '../model.ts';
import { rowsOf } from '../rows/rows.ts';

/** Keeps the cursor on its row, or on the nearest when that is gone, and the row on the screen. */
export function settleList(model: Model): Model {
  const rows = rowsOf(model);
  const { list } = model;
  const isStillThere = rows[list.index]?.name === list.cursor;
  const found = isStillThere ? list.index : rows.findIndex((row) => row.name === list.cursor);
  const index = found >= 0 ? found : Math.max(0, Math.min(list.index, rows.length - 1));
  const cursor = rows[index]?.name ?? '';
  const top = scrolled(list.top, index, areasOf(model.size, 0).list, rows.length);
  if (index === list.index && cursor === list.cursor && top === list.top) return model;
  return { ...model, list: { ...list, index, cursor, top } };
}

export function moveCursor(model: Model, rowsDown: number): Model {
  const rows = rowsOf(model);
  const index = Math.max(0, Math.min(rows.length - 1, model.list.index + rowsDown));
  return withList(model, { index, cursor: rows[index]?.name ?? '' });
}

export function withList(model: Model, change: Partial<ListState>): Model {
  return { ...model, list: { ...model.list, ...change } };
}

export function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
}
