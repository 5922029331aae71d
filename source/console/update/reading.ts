import { widthOf } from '../../format/width.ts';
import { currentRow, find, wholeName } from '../action/subject.ts';
import { type Command, type Step, step } from '../command.ts';
import type { Message } from '../message.ts';
import type { Model, Screen } from '../model.ts';
import { openedText } from '../reading/page-text.ts';
import { found, scrolledBy } from '../reading/pager.ts';
import {
  EVERYTHING,
  evidenceOf,
  isReading,
  outputOf,
  type Query,
  type ReadingScreen,
} from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { detailsOf } from './details.ts';
import {
  closeItem,
  evidenceQuestion,
  evidenceTold,
  moreOfFile,
  moveEvidence,
  openItem,
  withIncidents,
  withPart,
  withSummary,
} from './evidence.ts';
import { outputQuestion, withOutput } from './output.ts';
import { chosenIncident, enterQuery, queryOf, withQuery } from './query.ts';
import { editText } from './text-entry.ts';
import {
  moveTimeline,
  openTimeline,
  timelineQuestion,
  timelineRows,
  toggledTarget,
  withEvents,
  withNotice,
} from './timeline.ts';

/** `t`, `l`, `E`: of what the cursor stands on, or whose page is open. */
export function openReading(model: Model, is: ReadingScreen['is']): Step {
  const name = model.screen.is === 'list' ? (currentRow(model)?.name ?? '') : model.screen.target;
  const subject = find(model, name);
  const own = subject === undefined ? EVERYTHING : wholeName(subject);
  const from = model.screen.is === 'details' ? 'details' : 'list';
  if (is === 'timeline') return step(openTimeline(model, own, own, from));
  // One slot of several has an output of its own.
  if (is === 'output') return step({ ...model, screen: outputOf({ target: subject?.name ?? own, own, from }) });
  return step({ ...model, screen: evidenceOf({ target: own, own, from }) });
}

/** What the screen asks for when it opens, and when the engine is found again. */
export function readingQuestions(screen: ReadingScreen): Command[] {
  if (screen.is === 'timeline') return [timelineQuestion({ ...screen, lines: [], older: 'asked' })];
  if (screen.is === 'output') return [outputQuestion(screen, 0)];
  return evidenceQuestion(screen);
}

/** What a process leaves behind can be read when it is in the profile no more. */
export function outlives(screen: Screen): boolean {
  return screen.is === 'timeline' || screen.is === 'evidence';
}

export function moveReading(
  model: Model,
  screen: ReadingScreen,
  how: { readonly by: number } | { readonly pages: number },
): Step {
  const opened = openedText(model, screen);
  if (opened !== null) {
    const moved = moreOfFile(opened.with(scrolledBy(opened.pager, how, opened.text, opened.height)));
    return step(moved.model, ...moved.commands);
  }
  const by = 'by' in how ? how.by : how.pages * (timelineRows(model) - 1);
  if (screen.is === 'evidence') return step(moveEvidence(model, screen, by));
  if (screen.is !== 'timeline') return step(model);
  const moved = moveTimeline(model, screen, by);
  return step(moved.model, ...moved.commands);
}

/** Esc: out of the file, out of the incident, out of the screen. */
export function leaveReading(model: Model, screen: ReadingScreen): Model {
  const closed = screen.is === 'evidence' ? closeItem(model, screen) : null;
  if (closed !== null) return closed;
  const isThere = find(model, screen.own) !== undefined;
  return { ...model, screen: screen.from === 'details' && isThere ? detailsOf(screen.own) : { is: 'list' } };
}

export function toggleEverything(model: Model): Step {
  const { screen } = model;
  if (screen.is === 'timeline') {
    const opened = openTimeline(model, toggledTarget(screen), screen.own, screen.from);
    return step(opened);
  }
  if (screen.is !== 'evidence' || screen.incident !== null) return step(model);
  return step({ ...model, screen: evidenceOf({ ...screen, target: toggledTarget(screen) }) });
}

export function openChosen(model: Model): Step {
  if (model.screen.is !== 'evidence') return step(model);
  const opened = openItem(model, model.screen);
  return step(opened.model, ...opened.commands);
}

export function exportChosen(model: Model): Step {
  const number = chosenIncident(model);
  if (number === null) return step(model);
  const bottomLine = { kind: 'command', text: `procsaver evidence export ${number}` } as const;
  return step({ ...model, bottomLine }, { is: 'export-incident', number });
}

export function toggleWrap(model: Model): Step {
  const opened = isReading(model.screen) ? openedText(model, model.screen) : null;
  if (opened === null) return step(model);
  return step(opened.with({ ...opened.pager, wraps: !opened.pager.wraps }));
}

/** `/`: letters go into the query from now on. */
export function startQuery(model: Model): Step {
  const query = queryOf(model);
  if (query === null) return step(model);
  return step(withQuery(model, { text: '', isTyping: true, before: query.text }));
}

/** `n` goes on the way that the search took, `N` the other one. */
export function nextMatch(model: Model, isBack: boolean): Step {
  const opened = isReading(model.screen) ? openedText(model, model.screen) : null;
  if (opened === null) return step(model);
  const { way } = opened.pager;
  return goTo(model, isBack ? (way === 'up' ? 'down' : 'up') : way);
}

/** Whoever stands at the end looks for what was before it; everybody else for what comes. */
function firstMatch(model: Model): Step {
  const opened = isReading(model.screen) ? openedText(model, model.screen) : null;
  if (opened === null) return step(model);
  const way = opened.pager.top === null ? 'up' : 'down';
  return goTo(opened.with({ ...opened.pager, way }), way);
}

function goTo(model: Model, way: 'up' | 'down'): Step {
  const opened = isReading(model.screen) ? openedText(model, model.screen) : null;
  if (opened === null) return step(model);
  const { text } = opened.pager.query;
  const match = found(opened.pager, way, opened.text, opened.height);
  if (match === null) {
    const next = opened.with({ ...opened.pager, match: null });
    if (text === '') return step(next);
    return step({ ...next, bottomLine: { kind: 'reason', text: say(model, 'not-found', { text }) } });
  }
  const { place, count, wrapped } = match;
  const around = wrapped ? ` ${say(model, way === 'down' ? 'wrapped-down' : 'wrapped-up')}` : '';
  // What was not read yet was not looked into either.
  const told = `${say(model, 'match-of', { place, count: isReadInPart(model) ? `${count}+` : count })}${around}`;
  return step({ ...opened.with(match.pager), bottomLine: { kind: wrapped ? 'reason' : 'done', text: told } });
}

function isReadInPart({ screen }: Model): boolean {
  const file = screen.is === 'evidence' ? screen.incident?.file : null;
  return file?.next != null;
}

export function pressedInQuery(model: Model, query: Query, key: string): Step {
  if (key === 'escape') return step(withQuery(model, { text: query.before, isTyping: false, before: '' }));
  if (key === 'enter') {
    const done = withQuery(model, { ...query, isTyping: false });
    return done.screen.is === 'timeline' ? step(done) : firstMatch(done);
  }
  return enterQuery(model, editText(query.text, key) ?? query.text);
}

/** Answers find their place; those about a screen that was left are dropped. */
export function withRead(model: Model, message: Message): Step {
  switch (message.is) {
    case 'events':
      return step(withEvents(model, message.target, message.lines));
    case 'output-since': {
      const grown = withOutput(model, message.target, message.output);
      return step(grown.model, ...grown.commands);
    }
    case 'incidents':
      return step(withIncidents(model, message.target, message.incidents));
    case 'incident':
      return step(withSummary(model, message.number, message.summary));
    case 'incident-file':
      return step(withPart(model, message.number, message.name, message.part));
    case 'exported':
      return step({ ...model, bottomLine: { kind: 'done', text: exportedText(model, message) } });
    default:
      return step(model);
  }
}

/** Where the whole path has no room its last part stands, which must not be what is cut off. */
function exportedText(model: Model, { number, file }: { readonly number: number; readonly file: string }): string {
  const text = say(model, 'exported', { number, file });
  if (widthOf(text) < model.size.columns) return text;
  const name = file.slice(file.lastIndexOf('/') + 1);
  return say(model, 'exported', { number, file: `${glyph('ellipsis', model.ascii)}/${name}` });
}

export function toldWhileReading(model: Model, line: Extract<Message, { is: 'notice' }>['line']): Step {
  return step(withNotice(model, line), ...evidenceTold(model, line));
}
