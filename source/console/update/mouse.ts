import type { ActionName } from '../actions.ts';
import { MARGIN } from '../columns.ts';
import { type Step, step } from '../command.ts';
import { areasOf, isTooSmall, scrolled } from '../layout.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { bindingsOf } from '../own-keys.ts';
import { rowsOf } from '../rows/rows.ts';
import { isPage } from '../view/page.ts';
import { toggled, withList } from './list-state.ts';
import { pressed } from './pressed.ts';

/** Header, rule and column heads stand above the list. */
const ROWS_ABOVE_LIST = 3;
const WHEEL_ROWS = 3;

type MouseMessage = Extract<Message, { is: 'mouse' }>;

/** Nothing that the mouse does is without a key: it only gets there sooner. */
export function moused(model: Model, { did, column, row }: MouseMessage): Step {
  if (isTooSmall(model.size)) return step(model);
  if (did !== 'click') return wheeled(model, did === 'wheel-up' ? 'up' : 'down');
  if (model.screen.is !== 'list' || model.dialog !== null) return step(model);
  const height = areasOf(model.size, 0).list;
  const at = row - ROWS_ABOVE_LIST;
  if (at < 0 || at >= height) return step(model);
  const rows = rowsOf(model);
  const index = scrolled(model.list.top, model.list.index, height, rows.length) + at;
  const clicked = rows[index];
  if (clicked === undefined) return step(model);
  const { list } = model;
  const there = withList({ ...model, bottomLine: null }, { index, cursor: clicked.name });
  // The margin bears the fold sign.
  if (column < MARGIN && clicked.is === 'group' && list.filter.trim() === '')
    return step(withList(there, { folded: toggled(list.folded, clicked.name) }));
  if (column < MARGIN && clicked.is === 'process' && clicked.slots !== 'none')
    return step(withList(there, { opened: toggled(list.opened, clicked.name) }));
  return clicked.name === list.cursor ? byKey(there, 'details') : step(there);
}

/** Like the arrows, three rows at once. On details they lead to another process, which a wheel must not. */
function wheeled(model: Model, action: 'up' | 'down'): Step {
  if (model.screen.is === 'details' && !isPage(model.dialog)) return step(model);
  if (model.dialog !== null && !isPage(model.dialog)) return step(model);
  let result = step(model);
  for (let row = 0; row < WHEEL_ROWS; row++) {
    const next = isPage(result.model.dialog) ? pressed(result.model, action) : byKey(result.model, action);
    result = { model: next.model, commands: [...result.commands, ...next.commands] };
  }
  return result;
}

/** As the key of that action would do it, where the screen has one. */
function byKey(model: Model, action: ActionName): Step {
  const key = bindingsOf(model, model.screen.is).find((binding) => binding.action === action)?.keys[0];
  return key === undefined ? step(model) : pressed(model, key);
}
