import { choosable, columnHeadOf, columnsFor } from '../columns.ts';
import { wrap } from '../format/width.ts';
import type { ColumnsDialog, Model } from '../model.ts';
import { SORTS } from '../rows/sorting.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { flowed } from './flowed.ts';
import { type Line, span } from './line.ts';

/** By what the list is sorted. */
export function sortPanel(model: Model): readonly Line[] {
  const { sort } = model.list;
  const pieces = SORTS.map((name): Line => {
    const isChosen = name === sort.by;
    const label = say(model, `sorted-${name}`);
    const word = isChosen && sort.isReversed ? `${label} (${say(model, 'reversed')})` : label;
    return [
      span(`${glyph(isChosen ? 'chosen' : 'unchosen', model.ascii)} `, isChosen ? 'accent' : 'dim'),
      span(`${word}   `, isChosen ? 'bright' : 'plain'),
    ];
  });
  return [
    [span(` ${say(model, 'sort-title')}`, 'bright')],
    ...flowed(pieces, '   ', model.size.columns),
    [span(` ${say(model, sort.isReversed ? `unsort-${sort.by}` : `sort-${sort.by}`)}`, 'dim')],
  ];
}

/** Which columns the list has. */
export function columnsPanel(model: Model, dialog: ColumnsDialog): readonly Line[] {
  const { columns } = model.size;
  const { hidden } = model.list;
  const shown = columnsFor(columns, hidden).map(({ name }) => name);
  const pieces = choosable.map((name, at): Line => {
    const isOut = !hidden.includes(name) && !shown.includes(name);
    const isCurrent = at === dialog.choice;
    return [
      span(isCurrent ? `${glyph('cursor', model.ascii)}` : ' ', 'accent'),
      span(hidden.includes(name) ? '[ ] ' : '[x] ', isCurrent ? 'accent' : 'dim'),
      span(say(model, columnHeadOf(name)), isCurrent ? 'bright' : 'plain'),
      span(`${isOut ? ` ${say(model, 'columns-no-room')}` : ''}   `, 'dim'),
    ];
  });
  return [
    [span(` ${say(model, 'columns-title')}`, 'bright')],
    ...flowed(pieces, '  ', columns),
    ...wrap(say(model, 'columns-narrow'), columns - 2).map((text): Line => [span(` ${text}`, 'dim')]),
  ];
}
