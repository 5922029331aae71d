import { type ActionName, actions } from '../actions.ts';
import { type Step, step } from '../command.ts';
import { dialogOf, usualKey } from '../dialog-keys.ts';
import { isTooSmall } from '../layout.ts';
import type { Model } from '../model.ts';
import { actionOf } from '../own-keys.ts';
import { keyName } from '../theme.ts';
import { say } from '../words/text.ts';
import { pressedInDialog } from './dialog.ts';
import { pressedInEdit } from './edit.ts';
import { perform } from './perform.ts';
import { inPrompt } from './prompt.ts';
import { queryOf } from './query.ts';
import { pressedInQuery } from './reading.ts';

/** A key goes to the dialog that is open, else to the field that is edited, else to the screen's table of keys. */
export function pressed(model: Model, pressedKey: string): Step {
  const key = inTable(model, pressedKey);
  if (key === null) return step(model);
  // Where nothing can be read, nothing but leaving can be meant.
  if (isTooSmall(model.size) && key !== 'q' && key !== 'ctrl-c' && key !== 'ctrl-z') return step(model);
  if (key === 'ctrl-z') return attempt(model, 'suspend');
  if (key === 'ctrl-c' && model.dialog?.is === 'quit') return step(model, { is: 'leave', how: 'stop-watching' });
  if (key === 'ctrl-c') return attempt({ ...model, dialog: null }, 'quit');
  if (model.dialog?.is === 'prompt' && key !== 'escape') return inPrompt(model, model.dialog, key, attempt);
  if (model.dialog !== null) return pressedInDialog(model, model.dialog, key);
  if (model.screen.is === 'parameters' && model.screen.edit !== null) return pressedInEdit(model, model.screen, key);
  const query = queryOf(model);
  if (query?.isTyping) return pressedInQuery(model, query, key);
  const action = actionOf(model, model.screen.is, key);
  if (action === undefined) {
    const text = say(model, 'not-known', { key: keyName(key, model.ascii) });
    return step({ ...model, bottomLine: { kind: 'reason', text } });
  }
  return attempt(model, action);
}

/** The user's own key of a dialog becomes the one that the dialog knows; on the page of keys letters may be text. */
function inTable(model: Model, key: string): string | null {
  const dialog = dialogOf(model);
  const isText = model.dialog?.is === 'help' && model.dialog.isTyping;
  return dialog === null || isText ? key : usualKey(model, dialog, key);
}

/** Does it, or says why it cannot be done now. */
function attempt(model: Model, action: ActionName): Step {
  const reason = actions[action].obstacle(model);
  if (reason !== null) return step({ ...model, bottomLine: { kind: 'reason', text: reason } });
  return perform[action](model);
}
