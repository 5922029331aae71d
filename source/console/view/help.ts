import { type HelpEntry, helpEntries } from '../action/help-entries.ts';
import { actions } from '../actions.ts';
import { fitText, widthOf } from '../format/width.ts';
import type { Binding } from '../keymap.ts';
import type { Model } from '../model.ts';
import { glyph, keyName } from '../theme.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, span, spread } from './line.ts';

const KEY_WIDTH = 14;
const GAP = 2;

/** Every key there is, and the command that does the same; scrolled by `top` lines. */
export function help(model: Model, top: number, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const entries = helpEntries(model.screen.is);
  const room = height - 1;
  const first = Math.min(top, Math.max(0, entries.length - room));
  const below = entries.length - first - room;
  const more = below > 0 ? [span(`${say(model, 'more-below', { count: below })} `, 'dim')] : [];
  const title = spread([span(` ${say(model, 'help-title')}`, 'bright')], more, columns, ellipsis);
  const sentences = entries.map((entry) => (entry.is === 'binding' ? widthOf(sentenceOf(entry.binding, model)) : 0));
  const width = Math.min(Math.max(...sentences), columns - KEY_WIDTH - 2 * GAP);
  const shown = entries
    .slice(first, first + room)
    .map((entry) => fitLine(entryLine(entry, width, model), columns, ellipsis));
  while (shown.length < room) shown.push([]);
  return [title, ...shown];
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
