import { widthOf } from '../format/width.ts';

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Text from outside without what could move the cursor or change the terminal. */
export function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A text in lines of at most `width` columns, broken at blanks and, where there are none, after Japanese punctuation. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=[ \u3002\u3001])/)) {
    if (line !== '' && widthOf(line + part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (row: Row) => string;
  /** Left out where the terminal is too narrow, the rightmost first. */
  readonly mayGo?: true;
  /** Puts colour on the cell, when its width is settled. */
  readonly paint?: (row: Row, cell: string) => string;
}

/**
 * Rows under their titles, each column as wide as its widest text, two blanks between; no blanks at the end of a line.
 * `most`: how wide it may be; null: as wide as it gets.
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], most: number | null): string[] {
  const laidOut = fitting(
    columns.map((column) => cellsOf(column, rows)),
    most,
  ).map(({ column, width, cells }) => {
    const { title, align, paint = (_, cell) => cell } = column;
    return [pad(title, width, align), ...rows.map((row, index) => paint(row, pad(cells[index] ?? '', width, align)))];
  });
  return [undefined, ...rows].map((_, index) =>
    laidOut
      .map((cells) => cells[index])
      .join('  ')
      .trimEnd(),
  );
}

interface Cells<Row> {
  readonly column: Column<Row>;
  readonly width: number;
  readonly cells: readonly string[];
}

function cellsOf<Row>(column: Column<Row>, rows: readonly Row[]): Cells<Row> {
  const cells = rows.map(column.text);
  const width = cells.reduce((widest, cell) => Math.max(widest, widthOf(cell)), widthOf(column.title));
  return { column, width, cells };
}

function fitting<Row>(laidOut: readonly Cells<Row>[], most: number | null): readonly Cells<Row>[] {
  const needed = laidOut.reduce((sum, { width }) => sum + 2 + width, -2);
  const last = laidOut.findLast(({ column }) => column.mayGo);
  if (most === null || needed <= most || last === undefined) return laidOut;
  return fitting(
    laidOut.filter((cells) => cells !== last),
    most,
  );
}
