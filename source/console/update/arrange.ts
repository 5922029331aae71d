import { type ColumnName, choosable } from '../columns.ts';
import { type Step, step } from '../command.ts';
import type { ColumnsDialog, Model, SortDialog } from '../model.ts';
import { SORTS, type Sort } from '../rows/sorting.ts';
import { say } from '../words/text.ts';
import { settleList, toggled, withList } from './list-state.ts';

export function openSort(model: Model): Step {
  return step({ ...model, dialog: { is: 'sort', before: model.list.sort } });
}

export function openColumns(model: Model): Step {
  return step({ ...model, dialog: { is: 'columns', choice: 0, before: model.list.hidden } });
}

/** The list follows each key; Enter keeps it so, for the next time too. */
export function inSort(model: Model, dialog: SortDialog, key: string): Step {
  const { sort } = model.list;
  if (key === 'enter') return sortBy({ ...model, dialog: null }, sort);
  if (key === 'escape') return step(withSort({ ...model, dialog: null }, dialog.before));
  if (key === ' ' || key === 'r') return step(withSort(model, { ...sort, isReversed: !sort.isReversed }));
  const by = MOVES[key] ?? (key === 'o' ? 1 : 0);
  const next = SORTS[(SORTS.indexOf(sort.by) + by + SORTS.length) % SORTS.length];
  return step(by === 0 || next === undefined ? model : withSort(model, { by: next, isReversed: false }));
}

export function inColumns(model: Model, dialog: ColumnsDialog, key: string): Step {
  if (key === 'enter') return hide({ ...model, dialog: null }, model.list.hidden);
  if (key === 'escape') return step(withList({ ...model, dialog: null }, { hidden: dialog.before }));
  const name = choosable[dialog.choice];
  if (key === ' ' && name !== undefined)
    return step(withList(model, { hidden: toggled(model.list.hidden, name) as readonly ColumnName[] }));
  const by = MOVES[key] ?? 0;
  const choice = (dialog.choice + by + choosable.length) % choosable.length;
  return step({ ...model, dialog: { ...dialog, choice } });
}

const MOVES: Readonly<Record<string, number>> = {
  left: -1,
  up: -1,
  k: -1,
  h: -1,
  right: 1,
  down: 1,
  j: 1,
  l: 1,
  tab: 1,
};

/** Sorts, remembers it, and shows the words that do the same. */
export function sortBy(model: Model, sort: Sort): Step {
  const text = `:sort ${sort.by}${sort.isReversed ? ' reverse' : ''}`;
  return step(
    { ...withSort(model, sort), bottomLine: { kind: 'done', text: `${text}  ${say(model, 'remembered')}` } },
    { is: 'remember', change: { sort } },
  );
}

export function hide(model: Model, hidden: readonly ColumnName[]): Step {
  const names = choosable.map((name) => `${hidden.includes(name) ? '-' : '+'}${name}`);
  const text = `:columns ${names.join(' ')}`;
  return step(
    { ...withList(model, { hidden }), bottomLine: { kind: 'done', text: `${text}  ${say(model, 'remembered')}` } },
    { is: 'remember', change: { hidden } },
  );
}

function withSort(model: Model, sort: Sort): Model {
  return settleList(withList(model, { sort }));
}
