import { widthOf } from '../../format/width.ts';
import { type HelpEntry, helpSections } from '../action/help-entries.ts';
import { actions } from '../actions.ts';
import { fitText } from '../format/width.ts';
import type { HelpDialog, Model } from '../model.ts';
import { isActionWord } from '../prompt/action-words.ts';
import { isVerb, verbOf } from '../prompt/verbs.ts';
import { glyph, keyName } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

const KEY_WIDTH = 14;
const GAP = 2;
/** What a sentence leaves to the command beside it on a narrow terminal. */
const COMMAND_WIDTH = 16;

/** Every key there is, and the command that does the same; of what is looked for, only what holds it. */
export function help(model: Model, dialog: Pick<HelpDialog, 'find'>): readonly Line[] {
  const wanted = dialog.find.trim().toLowerCase();
  const sections = helpSections(model.screen.is, model);
  const sentences = sections.flatMap(({ entries }) =>
    entries.filter(({ is }) => is !== 'dialog' && is !== 'word').map((entry) => widthOf(middleOf(entry, model))),
  );
  const width = Math.min(Math.max(...sentences), model.size.columns - KEY_WIDTH - 2 * GAP - COMMAND_WIDTH);
  const shown = sections.flatMap(({ heading, entries }): Line[] => {
    const lines = entries.filter((entry) => textOf(entry, model).toLowerCase().includes(wanted));
    if (lines.length === 0) return [];
    const drawn = lines.map((entry) => entryLine(entry, width, model));
    return [[span(` ${say(model, heading)}`, 'dim')], ...drawn, []];
  });
  if (shown.length === 0) return [[span(`  ${say(model, 'help-none', { text: dialog.find })}`, 'dim')]];
  return shown.slice(0, -1);
}

function entryLine(entry: HelpEntry, width: number, model: Model): Line {
  const ellipsis = glyph('ellipsis', model.ascii);
  const head = fitText(headOf(entry, model), KEY_WIDTH, ellipsis);
  const middle = middleOf(entry, model);
  if (entry.is === 'sign') return [span(`  ${head}`, entry.tone), span(middle)];
  // Nothing stands beside it.
  if (entry.is === 'dialog' || entry.is === 'word') return [span(`  ${head}`, 'accent'), span(middle)];
  // A sentence is told in full: beside a long one the command has less room, or none.
  const told = widthOf(middle) > width ? middle : fitText(middle, width, ellipsis);
  return [span(`  ${head}`, 'accent'), span(told), span(`  ${commandOf(entry)}`, 'dim')];
}

function headOf(entry: HelpEntry, model: Model): string {
  switch (entry.is) {
    case 'sign':
      return glyph(entry.sign, model.ascii);
    case 'verb':
      return `:${entry.verb}`;
    case 'binding':
      return entry.binding.keys.map((key) => keyName(key, model.ascii)).join(' ');
    case 'dialog':
      return say(model, `dialog-${entry.dialog}`);
    case 'word':
      return say(model, entry.word);
  }
}

function middleOf(entry: HelpEntry, model: Model): string {
  switch (entry.is) {
    case 'sign':
      return entry.words.map((word) => say(model, word)).join(', ');
    case 'word':
      return say(model, entry.means);
    case 'verb':
      return verbOf(entry.verb).help[model.language];
    case 'binding':
      return actions[entry.binding.action].help[model.language];
    case 'dialog':
      return entry.keys
        .map(([keys, text]) => `${keys.map((key) => keyName(key, model.ascii)).join(' ')} ${say(model, text)}`)
        .join('   ');
  }
}

/** The title says whose commands these are; what only the screen knows is done by its name after `:`. */
function commandOf(entry: HelpEntry): string {
  if (entry.is === 'verb') return verbOf(entry.verb).usage;
  if (entry.is !== 'binding') return '';
  const { action } = entry.binding;
  return (
    actions[action].command?.replace(/^procsaver /, '') ?? (isVerb(action) || isActionWord(action) ? `:${action}` : '')
  );
}

function textOf(entry: HelpEntry, model: Model): string {
  return `${headOf(entry, model)} ${middleOf(entry, model)} ${commandOf(entry)}`;
}
