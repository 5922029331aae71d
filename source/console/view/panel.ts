import { pauseChoices } from '../action/pause-choices.ts';
import { quitChoices } from '../action/quit-choices.ts';
import { blastRadius } from '../action/stop-order.ts';
import { find, membersOf } from '../action/subject.ts';
import { fitText, tailOf, wrap } from '../format/width.ts';
import type { Dialog, Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

const LABEL_WIDTH = 8;

/** The dialog that lies over the foot of the list, its title first; empty when none does. */
export function panel(model: Model, height: number): readonly Line[] {
  switch (model.dialog?.is) {
    case 'pause':
      return pausePanel(model, model.dialog);
    case 'confirm':
      return confirmPanel(model, model.dialog, height);
    case 'quit':
      return quitPanel(model, model.dialog);
    default:
      return [];
  }
}

function pausePanel(model: Model, dialog: Extract<Dialog, { is: 'pause' }>): readonly Line[] {
  const { ascii } = model;
  const count = countOf(model, dialog.targets);
  const explained =
    count === 1
      ? say(model, 'pause-explained-one')
      : say(model, 'pause-explained', { count: say(model, 'processes', { count }) });
  const room = model.size.columns - 40;
  const choices = pauseChoices.flatMap((choice, at) => {
    const isChosen = at === dialog.choice;
    const tone = isChosen ? 'bright' : 'dim';
    return [
      span(`${glyph(isChosen ? 'chosen' : 'unchosen', ascii)} `, isChosen ? 'accent' : 'dim'),
      span(`${choice.text(model)}   `, tone),
    ];
  });
  return [
    [
      span(` ${say(model, 'pause-title', { target: nameOf(model, dialog.targets) })}  `, 'bright'),
      span(explained, 'dim'),
    ],
    [
      span(label(model, 'why'), 'dim'),
      span(tailOf(dialog.why, room)),
      span(glyph('caret', ascii), 'accent'),
      span(`   ${say(model, 'pause-shown')}`, 'dim'),
    ],
    [span(label(model, 'until'), 'dim'), ...choices],
  ];
}

function confirmPanel(model: Model, dialog: Extract<Dialog, { is: 'confirm' }>, height: number): readonly Line[] {
  const { order, dependants } = blastRadius(model, dialog.targets);
  const title = say(model, dialog.verb === 'stop' ? 'stop-title' : 'restart-title', {
    target: nameOf(model, dialog.targets),
  });
  const count =
    order.length === 1 ? '' : say(model, 'in-this-order', { count: say(model, 'processes', { count: order.length }) });
  const width = model.size.columns - 4;
  const names = order.map((name) => nameWithCount(model, name)).join(` ${glyph('arrow', model.ascii)} `);
  const lines: Line[] = [[span(` ${title}  `, 'bright'), span(count, 'dim')]];
  if (order.length > 1) lines.push(...shortened(wrap(names, width), height - 3).map((text) => [span(`   ${text}`)]));
  if (dependants.length > 0) {
    const text = say(model, 'depends-on-it', { names: dependants.join(', ') });
    lines.push(...shortened(wrap(text, width), 2).map((one): Line => [span(` ${one}`, 'backoff')]));
  }
  return lines;
}

function quitPanel(model: Model, dialog: Extract<Dialog, { is: 'quit' }>): readonly Line[] {
  const choices = quitChoices.map(({ key, text, more }, at): Line => {
    const isChosen = at === dialog.choice;
    return [
      span(` ${glyph(isChosen ? 'chosen' : 'unchosen', model.ascii)} `, isChosen ? 'accent' : 'dim'),
      span(`${key} `, 'bright'),
      span(say(model, text), isChosen ? 'bright' : 'plain'),
      span(more === null ? '' : `  ${say(model, more)}`, 'dim'),
    ];
  });
  return [[span(` ${say(model, 'quit-title')}`, 'bright')], ...choices];
}

function label(model: Model, key: 'why' | 'until'): string {
  return ` ${fitText(say(model, key), LABEL_WIDTH, '')}`;
}

function nameOf(model: Model, targets: readonly string[]): string {
  if (targets[0] === '*') return say(model, 'everything');
  return targets.length > 3 ? `${targets.slice(0, 3).join(', ')} (+${targets.length - 3})` : targets.join(', ');
}

function nameWithCount(model: Model, name: string): string {
  const subject = find(model, name);
  const expected = subject?.is === 'process' ? subject.process.expected : 1;
  return expected > 1 ? `${name} ${glyph('times', model.ascii)}${expected}` : name;
}

function countOf(model: Model, targets: readonly string[]): number {
  if (targets[0] === '*') return model.status.groups.reduce((sum, group) => sum + group.processes.length, 0);
  return targets.reduce((sum, target) => {
    const subject = find(model, target);
    return subject === undefined ? sum : sum + membersOf(subject).length;
  }, 0);
}

function shortened(lines: readonly string[], count: number): readonly string[] {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, Math.max(0, count - 1)), '…'];
}
