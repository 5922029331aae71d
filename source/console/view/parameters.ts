import type { Parameter } from '../../engine/parameter.ts';
import { widthOf } from '../../format/width.ts';
import { effectOf } from '../effect.ts';
import { moment } from '../format/clock.ts';
import { written } from '../format/value.ts';
import { fitText, tailOf, wrap } from '../format/width.ts';
import { scrolled } from '../layout.ts';
import type { Model, ParametersScreen } from '../model.ts';
import { glyph } from '../theme.ts';
import { fieldHelp, kindInJapanese } from '../words/fields.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, type Span, span } from './line.ts';

/** Below the fields: a rule, what the field under the cursor is, and what the typed value would do. */
const FOOT_ROWS = 4;
const MARGIN = 3;

/** Every parameter of a process; the one under the cursor can be changed. */
export function parameters(model: Model, screen: ParametersScreen, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const title: Line = [span(` ${say(model, 'parameters-title', { target: screen.target })}`, 'bright')];
  const lines: Line[] = [title, []];
  const all = screen.parameters;
  const current = all?.[screen.index];
  if (all === null || current === undefined) {
    lines.push([span(`   ${say(model, all === null ? 'asking' : 'none')}`, 'dim')]);
    return filled(lines, height);
  }
  const room = height - lines.length - FOOT_ROWS;
  const top = scrolled(Math.max(0, screen.index - room + 1), screen.index, room, all.length);
  const nameWidth = Math.min(26, Math.max(...all.map(({ field }) => widthOf(field))));
  for (const [at, parameter] of all.slice(top, top + room).entries()) {
    const isCurrent = top + at === screen.index;
    const row = [
      ...rowHead(parameter, nameWidth, isCurrent, model),
      ...rowRest(parameter, isCurrent, screen, nameWidth, model),
    ];
    lines.push(fitLine(row, columns, ellipsis));
  }
  const foot = [
    [span(glyph('rule', model.ascii).repeat(columns), 'dim')] as Line,
    ...footLines(current, screen, model),
  ];
  return [...filled(lines, height - FOOT_ROWS), ...filled(foot.slice(0, FOOT_ROWS), FOOT_ROWS)];
}

function rowHead(parameter: Parameter, nameWidth: number, isCurrent: boolean, model: Model): Span[] {
  const name = fitText(parameter.field, nameWidth, glyph('ellipsis', model.ascii));
  return [
    span(isCurrent ? ` ${glyph('cursor', model.ascii)} ` : ' '.repeat(MARGIN), 'accent'),
    span(`${name}  `, isCurrent ? 'bright' : parameter.live ? 'plain' : 'dim'),
  ];
}

/** The value, and beside it what there is to say; while it is typed, the field itself and the refusal of the engine. */
function rowRest(
  parameter: Parameter,
  isCurrent: boolean,
  screen: ParametersScreen,
  nameWidth: number,
  model: Model,
): Span[] {
  const { edit } = screen;
  const { ascii } = model;
  if (isCurrent && edit !== null) {
    const room = Math.max(12, model.size.columns - MARGIN - nameWidth - 40);
    const beside =
      edit.problem !== null
        ? span(`  ${glyph('fatal', ascii)} ${edit.problem}`, 'fatal')
        : span(`  ${edit.sent ? glyph('pending', ascii) : typeWords(parameter, model)}`, 'dim');
    return [span(tailOf(edit.text, room), 'bright'), span(glyph('caret', ascii), 'accent'), beside];
  }
  const valueWidth = Math.max(18, Math.floor(model.size.columns * 0.28));
  const ellipsis = glyph('ellipsis', ascii);
  if (parameter.override === null) {
    return [
      span(fitText(written(parameter.current), valueWidth, ellipsis), parameter.live ? 'plain' : 'dim'),
      span(`  ${parameter.live ? helpOf(parameter, model) : say(model, 'profile-only')}`, 'dim'),
    ];
  }
  const room = model.size.columns - MARGIN - nameWidth - 2;
  const change = `${written(parameter.profile)} ${glyph('arrow', ascii)} ${written(parameter.current)}`;
  const { by, at } = parameter.override;
  const when = moment(Date.parse(at), model.nowMs, model.language);
  const whole = say(model, 'changed-by', { by, at: when });
  // Who changed it must be read: a long word gives way to a short one, and a column that is not full to both.
  const note = valueWidth + 2 + widthOf(whole) <= room ? whole : say(model, 'by-at', { by, at: when });
  const width = Math.min(valueWidth, Math.max(widthOf(change), room - 2 - widthOf(note)));
  return [span(fitText(change, width, ellipsis), 'backoff'), span(`  ${note}`, 'backoff')];
}

function footLines(parameter: Parameter, { edit, target }: ParametersScreen, model: Model): Line[] {
  const separator = ` ${glyph('separator', model.ascii)} `;
  const known = [typeWords(parameter, model), say(model, 'default-is', { value: written(parameter.default) })];
  if (!parameter.live) known.push(say(model, 'profile-only'));
  const what: Line = [span(` ${parameter.field}  `, 'bright'), span(known.join(separator), 'dim')];
  const width = model.size.columns - 2;
  if (edit === null) return [what, ...wrap(helpOf(parameter, model), width).map((text): Line => [span(` ${text}`)])];
  if (edit.problem !== null)
    return [what, ...wrap(edit.problem, width).map((text): Line => [span(` ${text}`, 'fatal')])];
  const effect = effectOf(model, target, parameter, edit.text);
  return [
    what,
    ...wrap(effect ?? helpOf(parameter, model), width).map(
      (text): Line => [span(` ${text}`, effect === null ? 'plain' : 'accent')],
    ),
  ];
}

/** A newer engine may have fields that this console does not know. */
function helpOf({ field, help }: Parameter, { language }: Model): string {
  return language === 'ja' ? (fieldHelp[field] ?? help) : help;
}

function typeWords({ type, range }: Parameter, { language }: Model): string {
  if (language === 'ja') return kindInJapanese(type, range);
  return range === '' ? type : `${type}, ${range}`;
}

function filled(lines: Line[], height: number): Line[] {
  while (lines.length < height) lines.push([]);
  return lines.slice(0, height);
}
