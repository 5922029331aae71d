import { widthOf } from '../../format/width.ts';
import { fitText, tailOf } from '../format/width.ts';
import type { Model, PromptDialog } from '../model.ts';
import { type Candidate, candidatesOf } from '../prompt/completion.ts';
import { problemSoFar } from '../prompt/read.ts';
import { isVerb, verbOf } from '../prompt/verbs.ts';
import { wordsOf } from '../prompt/words.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

/** Candidates on the screen at once; a small terminal gives less room. */
const MOST_SHOWN = 6;
const HEAD_ROWS = 2;
const WIDEST_WORD = 40;

/** The line that is typed, what is wrong with it or how it goes on, and the ways in which its last word can. */
export function promptPanel(model: Model, dialog: PromptDialog, height: number): readonly Line[] {
  const { ascii, size } = model;
  const typed: Line = [
    span(' :', 'accent'),
    span(tailOf(dialog.text, size.columns - 4), 'bright'),
    span(glyph('caret', ascii), 'accent'),
  ];
  const candidates = candidatesOf(dialog.typed, model, dialog.fields);
  const room = Math.max(1, Math.min(MOST_SHOWN, height - HEAD_ROWS - 1));
  return [typed, secondLine(model, dialog), ...candidateLines(model, dialog, candidates, room)];
}

/** A mistake is told as soon as its word is finished; else what the verb takes. */
function secondLine(model: Model, { text, problem, fields }: PromptDialog): Line {
  const wrong = problem ?? problemSoFar(text, model, fields);
  if (wrong !== null) return [span(` ${glyph('fatal', model.ascii)} ${wrong}`, 'fatal')];
  const word = wordsOf(text).done[0]?.text;
  if (word === undefined || !isVerb(word)) return [span(` ${say(model, 'prompt-here')}`, 'dim')];
  const { usage, help } = verbOf(word);
  return [span(` ${word} ${usage}`.trimEnd(), 'plain'), span(`  ${help[model.language]}`, 'dim')];
}

/** The same number of lines whatever is typed: the list above must not jump with each letter. */
function candidateLines(model: Model, dialog: PromptDialog, candidates: readonly Candidate[], room: number): Line[] {
  const first = Math.max(0, Math.min((dialog.choice ?? 0) - room + 1, candidates.length - room));
  const shown = candidates.slice(first, first + room);
  const width = Math.min(WIDEST_WORD, Math.max(0, ...shown.map(({ text }) => widthOf(text))));
  const lines = shown.map(({ text, hint }, at): Line => {
    const isChosen = first + at === dialog.choice;
    return [
      span(isChosen ? ` ${glyph('cursor', model.ascii)} ` : '   ', 'accent'),
      span(fitText(text, width, glyph('ellipsis', model.ascii)), isChosen ? 'bright' : 'plain'),
      span(`  ${hint}`, 'dim'),
    ];
  });
  while (lines.length < room) lines.push([]);
  return lines;
}
