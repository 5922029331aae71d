import { actions } from '../actions.ts';
import { fitText } from '../format/width.ts';
import { type Binding, keymap } from '../keymap.ts';
import type { Model } from '../model.ts';
import { type Condition, glyph, keyName } from '../theme.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, span } from './line.ts';

const KEY_WIDTH = 14;
const COMMAND_FROM = 100;

/** Every key of the screen below, and the command that does the same. */
export function help(model: Model, top: number, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const all = [...bindingLines(model), [], ...signs(model)];
  const title: Line = [span(` ${say(model, 'help-title')}`, 'bright')];
  const first = Math.min(top, Math.max(0, all.length - (height - 1)));
  const lines = [title, ...all.slice(first, first + height - 1)].map((line) => fitLine(line, columns, ellipsis));
  while (lines.length < height) lines.push([]);
  return lines;
}

function bindingLines(model: Model): Line[] {
  const bindings: readonly Binding[] = keymap[model.screen.is];
  const width = Math.floor(
    model.size.columns >= COMMAND_FROM ? model.size.columns * 0.55 : model.size.columns - KEY_WIDTH - 2,
  );
  return bindings.map(({ action, keys }) => {
    const { help: words, command } = actions[action];
    const names = keys.map((key) => keyName(key, model.ascii)).join(' ');
    const sentence = fitText(words[model.language], width - 2, glyph('ellipsis', model.ascii));
    const shown = model.size.columns >= COMMAND_FROM && command !== null ? command : '';
    return [span(`  ${fitText(names, KEY_WIDTH, '')}`, 'accent'), span(`${sentence}  `), span(shown, 'dim')];
  });
}

function signs(model: Model): Line[] {
  const conditions: readonly (readonly [Condition, string])[] = [
    ['running', say(model, 'running')],
    ['busy', [say(model, 'starting'), say(model, 'waiting'), say(model, 'stopping')].join(', ')],
    ['backoff', say(model, 'backoff-now')],
    ['stalled', say(model, 'stalled')],
    ['fatal', say(model, 'fatal')],
    ['stopped', [say(model, 'stopped'), say(model, 'exited')].join(', ')],
  ];
  return [
    [span(` ${say(model, 'help-marks')}`, 'bright')],
    ...conditions.map(
      ([condition, text]): Line => [
        span(`  ${fitText(glyph(condition, model.ascii), KEY_WIDTH, '')}`, condition),
        span(text),
      ],
    ),
    [span(`  ${fitText(glyph('paused', model.ascii), KEY_WIDTH, '')}`, 'paused'), span(say(model, 'paused'))],
  ];
}
