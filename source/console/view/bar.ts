import { widthOf } from '../../format/width.ts';
import { isGivenUp } from '../action/verb.ts';
import { type ActionName, actions, labelOf } from '../actions.ts';
import { type DialogName, dialogKeysOf, dialogOf } from '../dialog-keys.ts';
import { tailOf } from '../format/width.ts';
import type { Binding } from '../keymap.ts';
import type { BottomLine, Model } from '../model.ts';
import { bindingsOf } from '../own-keys.ts';
import { filterTrouble } from '../rows/filter.ts';
import { glyph, keyName, type Tone } from '../theme.ts';
import { queryOf } from '../update/query.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, lineWidth, type Span, span } from './line.ts';

const TONES: Readonly<Record<BottomLine['kind'], Tone>> = {
  command: 'accent',
  progress: 'accent',
  done: 'running',
  reason: 'backoff',
  problem: 'fatal',
};
const BETWEEN = 2;

/** The last line: the filter while it is typed, one sentence where there is something to say, else the keys. */
export function bar(model: Model): Line {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  if (model.dialog?.is === 'filter') {
    const label = ` ${say(model, 'filter-is')} / `;
    const text = tailOf(model.list.filter, columns - label.length - 2);
    return fitLine(
      [span(label, 'dim'), span(text, 'bright'), span(glyph('caret', model.ascii), 'accent'), ...troubleSpans(model)],
      columns,
      ellipsis,
    );
  }
  if (model.dialog?.is === 'help' && model.dialog.isTyping) {
    const text = tailOf(model.dialog.find, columns - 4);
    return fitLine(
      [span(' / ', 'dim'), span(text, 'bright'), span(glyph('caret', model.ascii), 'accent')],
      columns,
      ellipsis,
    );
  }
  const query = model.dialog === null ? queryOf(model) : null;
  if (query?.isTyping) {
    const label = ` ${say(model, model.screen.is === 'timeline' ? 'filter-is' : 'find-is')} / `;
    const text = tailOf(query.text, columns - widthOf(label) - 2);
    return fitLine(
      [span(label, 'dim'), span(text, 'bright'), span(glyph('caret', model.ascii), 'accent')],
      columns,
      ellipsis,
    );
  }
  const own = dialogOf(model);
  if (own !== null) return fitLine(dialogBar(own, model), columns, ellipsis);
  if (model.bottomLine !== null) {
    const { kind, text } = model.bottomLine;
    const sign = kind === 'command' ? '$ ' : '';
    return fitLine([span(` ${sign}`, 'dim'), span(text, TONES[kind])], columns, ellipsis);
  }
  return fitLine(keys(model), columns, ellipsis);
}

function dialogBar(dialog: DialogName, model: Model): Line {
  const spans = dialogKeysOf(model, dialog).flatMap(([names, text]) => [
    span(names.map((name) => keyName(name, model.ascii)).join(' '), 'bright'),
    span(` ${say(model, text)}${' '.repeat(BETWEEN + 1)}`, 'dim'),
  ]);
  return [span(' '), ...spans];
}

function keys(model: Model): Line {
  const shown = fitting(model);
  const spans = [span(' '), ...markedSpans(model), ...shown.flatMap((binding) => keySpans(binding, model))];
  // The blanks after the last key are between nothing, and may have no room.
  return spans.with(-1, span(spans.at(-1)?.text.trimEnd() ?? '', 'dim'));
}

/** As many as fit, by their rank; shown in the order of the table, so that none ever changes its place. */
function fitting(model: Model): readonly Binding[] {
  const bindings = bindingsOf(model, model.screen.is);
  const ranked = bindings.filter((binding) => binding.bar !== null).sort((a, b) => rankOf(a, model) - rankOf(b, model));
  let room = model.size.columns - 1 + BETWEEN - lineWidth(markedSpans(model));
  const chosen = new Set<Binding>();
  for (const binding of ranked) {
    room -= lineWidth(keySpans(binding, model));
    if (room < 0) break;
    chosen.add(binding);
  }
  return bindings.filter((binding) => chosen.has(binding));
}

/** The next action takes all of them, also those that are out of sight. */
function markedSpans(model: Model): Span[] {
  const { length } = model.list.marked;
  if (model.screen.is !== 'list' || length === 0) return [];
  return [span(`${say(model, 'marked', { count: length })}${' '.repeat(BETWEEN)}`, 'accent')];
}

/** What a row asks for comes before what any row may need. */
const PRESSING: Readonly<Partial<Record<ActionName, (model: Model) => boolean>>> = {
  clear: isGivenUp,
  'stop-start': isGivenUp,
};
const FIRST_OF_ALL = 0;

function rankOf({ action, bar }: Binding, model: Model): number {
  return PRESSING[action]?.(model) ? FIRST_OF_ALL : (bar ?? Number.POSITIVE_INFINITY);
}

function keySpans(binding: Binding, model: Model): Span[] {
  const isPossible = actions[binding.action].obstacle(model) === null;
  const [key = ''] = binding.keys;
  return [
    span(keyName(key, model.ascii), isPossible ? 'bright' : 'dim'),
    span(` ${labelOf(binding.action, model)}${' '.repeat(BETWEEN)}`, 'dim'),
  ];
}

/** A regular expression that is none yet finds nothing; that is said while it is typed. */
function troubleSpans(model: Model): Line {
  const trouble = filterTrouble(model.list.filter, model.status);
  // Of states that are not known the panel above tells.
  if (trouble === null || trouble.is === 'unknown') return [];
  return [span(`  ${say(model, `filter-${trouble.is}`, { word: trouble.word })}`, 'fatal')];
}
