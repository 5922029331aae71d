import { type Step, step } from '../command.ts';
import type { HelpDialog, Model } from '../model.ts';
import { editText } from './text-entry.ts';

/** The page of keys, as it opens. */
export function helpOver(over: HelpDialog['over']): HelpDialog {
  return { is: 'help', over, top: 0, find: '', isTyping: false };
}

/** Keys that the page of keys takes beyond those of every page; null: it is one of those. */
export function inHelp(model: Model, dialog: HelpDialog, key: string): Step | null {
  if (dialog.isTyping) {
    if (key === 'enter' || key === 'up' || key === 'down') return step(withHelp(model, { ...dialog, isTyping: false }));
    if (key === 'escape') return step(withHelp(model, { ...dialog, find: '', isTyping: false, top: 0 }));
    const find = editText(dialog.find, key);
    return find === null ? null : step(withHelp(model, { ...dialog, find, top: 0 }));
  }
  if (key === '/') return step(withHelp(model, { ...dialog, isTyping: true }));
  // What was looked for goes before the page does.
  if (key === 'escape' && dialog.find !== '') return step(withHelp(model, { ...dialog, find: '', top: 0 }));
  return null;
}

function withHelp(model: Model, dialog: HelpDialog): Model {
  return { ...model, dialog };
}
