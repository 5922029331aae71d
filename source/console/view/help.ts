import { widthOf } from '../../format/width.ts';
import { type HelpEntry, helpEntries } from '../action/help-entries.ts';
import { actions } from '../actions.ts';
import { fitText } from '../format/width.ts';
import type { Binding } from '../keymap.ts';
import type { Model } from '../model.ts';
import { glyph, keyName } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

const KEY_WIDTH = 14;
const GAP = 2;

/** Every key there is, and the command that does the same. */
export function help(model: Model): readonly Line[] {
  const entries = helpEntries(model.screen.is);
  const sentences = entries.map((entry) => (entry.is === 'binding' ? widthOf(sentenceOf(entry.binding, model)) : 0));
  const width = Math.min(Math.max(...sentences), model.size.columns - KEY_WIDTH - 2 * GAP);
  return entries.map((entry) => entryLine(entry, width, model));
}

function entryLine(entry: HelpEntry, width: number, model: Model): Line {
  switch (entry.is) {
    case 'space':
      return [];
    case 'heading':
      return [span(` ${say(model, entry.text)}`, 'dim')];
    case 'sign': {
      const text = entry.words.map((word) => say(model, word)).join(', ');
      return [span(`  ${fitText(glyph(entry.sign, model.ascii), KEY_WIDTH, '')}`, entry.sign), span(text)];
    }
    case 'binding': {
      const { action, keys } = entry.binding;
      const names = keys.map((key) => keyName(key, model.ascii)).join(' ');
      const sentence = fitText(sentenceOf(entry.binding, model), width, glyph('ellipsis', model.ascii));
      // The title says whose commands these are.
      const command = (actions[action].command ?? '').replace(/^procsaver /, '');
      return [span(`  ${fitText(names, KEY_WIDTH, '')}`, 'accent'), span(sentence), span(`  ${command}`, 'dim')];
    }
  }
}

function sentenceOf({ action }: Binding, model: Model): string {
  return actions[action].help[model.language];
}
