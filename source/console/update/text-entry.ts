import { pauseChoices } from '../action/pause-choices.ts';
import { type Step, step } from '../command.ts';
import { clean, graphemes } from '../format/width.ts';
import type { Model } from '../model.ts';
import { withList } from './list-state.ts';
import { enterQuery, queryOf } from './query.ts';

/** A field takes no more than this, whatever is pasted into it. */
const LONGEST_TEXT = 500;

/** The text after a key, or null when the key is none that edits text. */
export function editText(text: string, key: string): string | null {
  if (key === 'backspace' || key === 'delete') return graphemes(text).slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'ctrl-w') return text.replace(/\S*\s*$/, '');
  if (graphemes(key).length === 1) return bounded(text + key);
  return null;
}

/** Pasted text goes where text is typed; elsewhere it is dropped, since its letters would be keys. */
export function pasted(model: Model, text: string): Step {
  const line = clean(text.slice(0, 4 * LONGEST_TEXT).replaceAll(/\s+/g, ' '));
  const { dialog, screen } = model;
  if (dialog?.is === 'pause') {
    const field = pauseChoices[dialog.choice]?.isTyped ? 'until' : 'why';
    return step({ ...model, dialog: { ...dialog, [field]: bounded(dialog[field] + line) } });
  }
  if (dialog?.is === 'filter') return step(withList(model, { filter: bounded(model.list.filter + line) }));
  if (dialog?.is === 'help' && dialog.isTyping)
    return step({ ...model, dialog: { ...dialog, find: bounded(dialog.find + line), top: 0 } });
  if (dialog?.is === 'prompt') {
    const text = bounded(dialog.text + line);
    return step({ ...model, dialog: { ...dialog, text, typed: text, choice: null, problem: null } });
  }
  const query = dialog === null ? queryOf(model) : null;
  if (query?.isTyping) return enterQuery(model, bounded(query.text + line));
  if (dialog === null && screen.is === 'parameters' && screen.edit !== null) {
    const edit = { text: bounded(screen.edit.text + line), problem: null, sent: false };
    return step({ ...model, screen: { ...screen, edit } });
  }
  return step(model);
}

function bounded(text: string): string {
  return text.length <= LONGEST_TEXT ? text : graphemes(text).slice(0, LONGEST_TEXT).join('');
}
