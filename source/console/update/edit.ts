import { type Step, step } from '../command.ts';
import { typed } from '../format/value.ts';
import type { Model, ParametersScreen } from '../model.ts';
import { send } from './send.ts';
import { editText } from './text-entry.ts';

/** A key while a parameter's value is typed. */
export function pressedInEdit(model: Model, screen: ParametersScreen, key: string): Step {
  const { edit, parameters, index, target } = screen;
  const parameter = parameters?.[index];
  if (edit === null || parameter === undefined) return step(model);
  if (key === 'escape') return step({ ...model, screen: { ...screen, edit: null } });
  if (key === 'enter') {
    const sent = { ...model, screen: { ...screen, edit: { ...edit, sent: true, problem: null } } };
    return send(sent, [{ verb: 'set', target, values: { [parameter.field]: typed(edit.text) } }]);
  }
  const text = editText(edit.text, key);
  if (text === null) return step(model);
  return step({ ...model, screen: { ...screen, edit: { text, problem: null, sent: false } } });
}
