import { pauseChoices } from '../action/pause-choices.ts';
import { quitChoices } from '../action/quit-choices.ts';
import { type Step, step } from '../command.ts';
import { areasOf } from '../layout.ts';
import type { Dialog, Model, PageDialog } from '../model.ts';
import { pageOf } from '../view/page.ts';
import { inColumns, inSort } from './arrange.ts';
import { helpOver, inHelp } from './help.ts';
import { withList } from './list-state.ts';
import { send } from './send.ts';
import { editText } from './text-entry.ts';

type Of<Name extends Dialog['is']> = Extract<Dialog, { is: Name }>;

/** What follows each key at once has something to bring back. */
const RESTORING: readonly Dialog['is'][] = ['filter', 'sort', 'columns'];

/** A key while a dialog is open. Esc always leaves it without any effect. */
export function pressedInDialog(model: Model, dialog: Dialog, key: string): Step {
  const found = dialog.is === 'help' ? inHelp(model, dialog, key) : null;
  if (found !== null) return found;
  if (key === 'escape' && !RESTORING.includes(dialog.is)) return closed(model);
  switch (dialog.is) {
    case 'pause':
      return inPause(model, dialog, key);
    case 'confirm':
      return inConfirm(model, dialog, key);
    case 'quit':
      return inQuit(model, dialog, key);
    case 'help':
    case 'why':
    case 'problems':
      return inPage(model, dialog, key);
    case 'write':
      return inWrite(model, dialog, key);
    case 'filter':
      return inFilter(model, dialog, key);
    case 'sort':
      return inSort(model, dialog, key);
    case 'columns':
      return inColumns(model, dialog, key);
    case 'prompt':
      // Its keys may do any action: pressed.ts has them.
      return closed(model);
  }
}

/** Letters are the reason, arrows choose how long: no field has to be entered first. At the choice of any time they are the time. */
function inPause(model: Model, dialog: Of<'pause'>, key: string): Step {
  const choice = pauseChoices[dialog.choice];
  if (choice === undefined) return step(model);
  if (key === 'enter') {
    const untilMs = choice.untilMs(model.nowMs, dialog.until);
    // What was typed names no time to come: the dialog says what would.
    if (untilMs === undefined) return step(model);
    const why = dialog.why.trim();
    const requests = dialog.targets.map((target) => ({ verb: 'pause', target, why, untilMs }) as const);
    return send(withList({ ...model, dialog: null }, { marked: [] }), requests);
  }
  const next = chosen(dialog.choice, key, pauseChoices.length);
  if (next !== null) return step({ ...model, dialog: { ...dialog, choice: next } });
  const field = choice.isTyped ? 'until' : 'why';
  const text = editText(dialog[field], key);
  return text === null ? step(model) : step({ ...model, dialog: { ...dialog, [field]: text } });
}

function inConfirm(model: Model, dialog: Of<'confirm'>, key: string): Step {
  if (key === 'n' || key === 'q') return closed(model);
  // Enter is too easily pressed for something that stops a service.
  if (key !== 'y') return step(model);
  const requests = dialog.targets.map((target) => ({ verb: dialog.verb, target }));
  return send(withList({ ...model, dialog: null }, { marked: [] }), requests);
}

function inQuit(model: Model, dialog: Of<'quit'>, key: string): Step {
  const choice = chosen(dialog.choice, key, quitChoices.length);
  if (choice !== null) return step({ ...model, dialog: { ...dialog, choice } });
  const picked = key === 'enter' ? quitChoices[dialog.choice] : quitChoices.find((one) => one.key === key);
  if (picked === undefined) return step(model);
  return picked.how === null ? closed(model) : step(closed(model).model, { is: 'leave', how: picked.how });
}

/** Something to read: it is scrolled, and left by the key that opened it. */
function inPage(model: Model, dialog: PageDialog, key: string): Step {
  if (key === '?' && dialog.is !== 'help') return step({ ...model, dialog: helpOver(dialog) });
  const by = PAGE_MOVES[key];
  if (by === undefined) return key === 'q' || OPENED_BY[dialog.is] === key ? closed(model) : step(model);
  const page = areasOf(model.size, 0).page - 1;
  const last = Math.max(0, pageOf(model, dialog).lines.length - page);
  const top = dialog.top + (Math.abs(by) === 2 ? Math.sign(by) * page : by);
  return step({ ...model, dialog: { ...dialog, top: Math.max(0, Math.min(last, top)) } });
}

const OPENED_BY: Readonly<Record<PageDialog['is'], string>> = { help: '?', why: 'w', problems: '!', write: 'w' };

/** Lines; two mean a page. */
const PAGE_MOVES: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  'page-up': -2,
  'page-down': 2,
  ' ': 2,
  home: Number.NEGATIVE_INFINITY,
  g: Number.NEGATIVE_INFINITY,
  end: Number.POSITIVE_INFINITY,
  G: Number.POSITIVE_INFINITY,
};

function inWrite(model: Model, dialog: Of<'write'>, key: string): Step {
  const isSeen = dialog.files !== null;
  if (key === 'n') return closed(model);
  if (isSeen && (key === 'y' || key === 'enter'))
    return step({ ...model, dialog: null }, { is: 'save', target: dialog.target });
  return inPage(model, dialog, key);
}

/** The list follows each letter. */
function inFilter(model: Model, dialog: Of<'filter'>, key: string): Step {
  if (key === 'enter') return closed(model);
  if (key === 'escape') return step({ ...withList(model, { filter: dialog.before }), dialog: null });
  const filter = editText(model.list.filter, key);
  return filter === null ? step(model) : step(withList(model, { filter }));
}

function chosen(choice: number, key: string, count: number): number | null {
  if (key === 'left' || key === 'up') return (choice + count - 1) % count;
  if (key === 'right' || key === 'down' || key === 'tab') return (choice + 1) % count;
  return null;
}

function closed(model: Model): Step {
  return step({ ...model, dialog: model.dialog?.is === 'help' ? model.dialog.over : null });
}
