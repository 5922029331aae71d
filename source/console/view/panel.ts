import { pauseChoices } from '../action/pause-choices.ts';
import { quitChoices } from '../action/quit-choices.ts';
import { fitText, tailOf } from '../format/width.ts';
import type { Dialog, Model, PauseDialog } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { columnsPanel, sortPanel } from './arrange-panel.ts';
import { confirmPanel } from './confirm-panel.ts';
import { filterPanel } from './filter-panel.ts';
import { flowed } from './flowed.ts';
import { type Line, span } from './line.ts';
import { pauseExplained } from './pause-explained.ts';
import { pausedAlready } from './paused-already.ts';
import { promptPanel } from './prompt-panel.ts';
import { namesOf } from './targets.ts';

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
    case 'prompt':
      return promptPanel(model, model.dialog, height);
    case 'filter':
      return filterPanel(model);
    case 'sort':
      return sortPanel(model);
    case 'columns':
      return columnsPanel(model, model.dialog);
    default:
      return [];
  }
}

function pausePanel(model: Model, dialog: PauseDialog): readonly Line[] {
  const { ascii } = model;
  const room = model.size.columns - 40;
  const isTyping = pauseChoices[dialog.choice]?.isTyped === true;
  return [
    ...flowed(
      [
        [span(` ${say(model, 'pause-title', { target: namesOf(model, dialog.targets) })}`, 'bright')],
        [span(`  ${pauseExplained(model, dialog)}`, 'dim')],
      ],
      '',
      model.size.columns,
    ),
    [
      span(label(model, 'why'), 'dim'),
      span(tailOf(dialog.why, room)),
      span(isTyping ? '' : glyph('caret', ascii), 'accent'),
      span(`   ${say(model, 'pause-shown')}`, 'dim'),
    ],
    ...flowed(pauseSpans(model, dialog), label(model, 'until'), model.size.columns),
    ...pausedAlready(model),
  ];
}

/** One piece a choice; at the one that is typed the field, and what is wrong with it. */
function pauseSpans(model: Model, dialog: PauseDialog): readonly Line[] {
  const { ascii, nowMs } = model;
  return pauseChoices.map((choice, at): Line => {
    const isChosen = at === dialog.choice;
    const sign = span(`${glyph(isChosen ? 'chosen' : 'unchosen', ascii)} `, isChosen ? 'accent' : 'dim');
    if (!isChosen || choice.isTyped !== true)
      return [sign, span(`${choice.text(model)}   `, isChosen ? 'bright' : 'dim')];
    const isWrong = dialog.until !== '' && choice.untilMs(nowMs, dialog.until) === undefined;
    return [
      sign,
      span(tailOf(dialog.until, 12), isWrong ? 'fatal' : 'bright'),
      span(glyph('caret', ascii), 'accent'),
      span(dialog.until === '' || isWrong ? `  ${say(model, 'until-typed')}` : '', isWrong ? 'fatal' : 'dim'),
    ];
  });
}

function quitPanel(model: Model, dialog: Extract<Dialog, { is: 'quit' }>): readonly Line[] {
  const choices = quitChoices.flatMap(({ key, text, more }, at): readonly Line[] => {
    const isChosen = at === dialog.choice;
    const choice: Line = [
      span(` ${glyph(isChosen ? 'chosen' : 'unchosen', model.ascii)} `, isChosen ? 'accent' : 'dim'),
      span(`${key} `, 'bright'),
      span(say(model, text), isChosen ? 'bright' : 'plain'),
    ];
    // What becomes of the processes must be read before it is taken.
    return more === null ? [choice] : flowed([choice, [span(`  ${say(model, more)}`, 'dim')]], '', model.size.columns);
  });
  return [[span(` ${say(model, 'quit-title')}`, 'bright')], ...choices];
}

function label(model: Model, key: 'why' | 'until'): string {
  return ` ${fitText(say(model, key), LABEL_WIDTH, '')}`;
}
