import { type Column, columnsFor, MARGIN } from '../columns.ts';
import { fitText } from '../format/width.ts';
import { scrolled } from '../layout.ts';
import type { Model } from '../model.ts';
import type { Row } from '../rows/row.ts';
import { rowsOf } from '../rows/rows.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Cells, cellsOf } from './cells.ts';
import { whyNothing } from './filter-panel.ts';
import { fitLine, type Line, lineWidth, span } from './line.ts';

/** Column heads and the visible rows: exactly `height` lines under the heads. */
export function list(model: Model, height: number): readonly Line[] {
  const rows = rowsOf(model);
  const columns = columnsFor(model.size.columns, model.list.hidden);
  const lines: Line[] = [columnHeads(columns, model)];
  if (rows.length === 0) {
    const isFiltered = model.list.filter.trim() !== '';
    const text = isFiltered
      ? (whyNothing(model) ?? say(model, 'nothing-matches', { filter: model.list.filter }))
      : say(model, 'nothing-watched');
    lines.push([span(`${' '.repeat(MARGIN)}${text}`, 'dim')]);
  }
  const top = firstVisible(model, height);
  for (let at = top; at < Math.min(rows.length, top + height); at++) {
    lines.push(rowLine(rows[at] as Row, columns, model, at === model.list.index));
  }
  while (lines.length < height + 1) lines.push([]);
  return lines;
}

/** A dialog leaves less room than the model reckons with; the cursor's row stays in sight all the same. */
function firstVisible(model: Model, height: number): number {
  return scrolled(model.list.top, model.list.index, height, rowsOf(model).length);
}

/** How many rows stand below the last visible one. */
export function rowsBelow(model: Model, height: number): number {
  return Math.max(0, rowsOf(model).length - firstVisible(model, height) - height);
}

export function columnHeads(columns: readonly Column[], model: Model): Line {
  const ellipsis = glyph('ellipsis', model.ascii);
  const text = columns.map(
    ({ head, width, align, gap }) => ' '.repeat(gap) + fitText(say(model, head), width, ellipsis, align),
  );
  return [span(' '.repeat(MARGIN) + text.join(''), 'dim')];
}

export function rowLine(row: Row, columns: readonly Column[], model: Model, isCursor: boolean): Line {
  const ellipsis = glyph('ellipsis', model.ascii);
  const cells = spilled(cellsOf(row, model), columns).flatMap(({ content, width, align, gap }, at) => {
    // The name under the cursor is bright.
    const shown =
      isCursor && at === 0 ? content.map((one) => (one.tone === 'plain' ? span(one.text, 'bright') : one)) : content;
    return [
      span(' '.repeat(gap)),
      ...(align === 'left' ? fitLine(shown, width, ellipsis) : alignedRight(shown, width, ellipsis)),
    ];
  });
  return [...margin(row, model, isCursor), ...cells];
}

function margin(row: Row, model: Model, isCursor: boolean): Line {
  const isMarked = model.list.marked.includes(row.name);
  const fold = row.is === 'group' ? glyph(row.folded ? 'folded' : 'unfolded', model.ascii) : ' ';
  return [
    span(isCursor ? glyph('cursor', model.ascii) : ' ', 'accent'),
    span(isMarked ? glyph('mark', model.ascii) : ' ', 'accent'),
    span(`${fold} `, 'dim'),
  ];
}

type PlacedCell = Pick<Column, 'width' | 'align' | 'gap'> & { readonly content: Line };

/** What is too long for its column runs on over empty ones to its right; so does a note that has no column of its own. */
function spilled(cells: Cells, columns: readonly Column[]): readonly PlacedCell[] {
  const placed: PlacedCell[] = [];
  const hasNoteColumn = columns.some((column) => column.name === 'note');
  let note = cells.note ?? [];
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] as Column;
    const takesNote = column.name === 'note' || (!hasNoteColumn && at > 1 && isEmpty(cells, column));
    const content = takesNote ? note : (cells[column.name] ?? []);
    if (takesNote) note = [];
    const wanted = takesNote ? Number.POSITIVE_INFINITY : lineWidth(content);
    let { width } = column;
    for (let next = columns[at + 1]; width < wanted && next !== undefined; next = columns[at + 1]) {
      if (lineWidth(content) === 0 || column.align === 'right' || !isEmpty(cells, next)) break;
      width += next.gap + next.width;
      at++;
    }
    placed.push({
      content,
      width,
      align: column.align === 'right' && takesNote ? 'left' : column.align,
      gap: column.gap,
    });
  }
  return placed;
}

function isEmpty(cells: Cells, column: Column): boolean {
  return lineWidth(cells[column.name] ?? []) === 0;
}

function alignedRight(content: Line, width: number, ellipsis: string): Line {
  const room = width - lineWidth(content);
  return room >= 0 ? [span(' '.repeat(room)), ...content] : fitLine(content, width, ellipsis);
}
