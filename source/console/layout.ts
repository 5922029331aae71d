import type { Size } from './model.ts';

/** How the rows of the terminal are shared out, top to bottom. */
export interface Areas {
  /** Rows of the list, without its heads. */
  readonly list: number;
  /** Rows of a screen that has neither column heads nor the strip of notices. */
  readonly page: number;
  readonly notices: number;
  /** Rows of the dialog that is open, its rule included; 0: there is none. */
  readonly panelRows: number;
  /** Rows that a dialog may take at most. */
  readonly panel: number;
}

const SMALLEST: Size = { columns: 60, rows: 15 };

/** Header and rule above, bottom bar below. */
const FRAME_ROWS = 3;
const COLUMN_HEAD_ROWS = 1;
const LEAST_LIST_ROWS = 5;

export function isTooSmall(size: Size): boolean {
  return size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
}

/** `panelRows`: of the dialog that is open, its rule included; 0 when there is none. */
export function areasOf(size: Size, panelRows: number): Areas {
  const page = size.rows - FRAME_ROWS - panelRows;
  const inside = page - COLUMN_HEAD_ROWS;
  const notices = panelRows > 0 ? 0 : noticeRows(size);
  // Below the list is a rule, which tells how many rows are hidden; a dialog brings its own.
  const list = inside - (panelRows > 0 ? 0 : notices + 1);
  return { list, page, notices, panelRows, panel: size.rows - FRAME_ROWS - COLUMN_HEAD_ROWS - LEAST_LIST_ROWS };
}

function noticeRows({ columns, rows }: Size): number {
  if (columns < 80 || rows < 18) return 0;
  return rows < 28 ? 2 : 3;
}

/** The first visible row, moved no further than needed to keep row `index` on the screen. */
export function scrolled(top: number, index: number, height: number, count: number): number {
  const highest = Math.max(0, count - height);
  const needed = Math.min(Math.max(top, index - height + 1), index);
  return Math.max(0, Math.min(needed, highest));
}
