import { blastRadius } from '../action/stop-order.ts';
import { currentRow, find, pauseOf, type Subject, subjectsOf, wholeName } from '../action/subject.ts';
import { pauseVerb, stopVerb } from '../action/verb.ts';
import type { ActionName } from '../actions.ts';
import { type Step, step } from '../command.ts';
import { written } from '../format/value.ts';
import type { Model } from '../model.ts';
import { isReading } from '../reading/reading-model.ts';
import { say } from '../words/text.ts';
import { openColumns, openSort } from './arrange.ts';
import { copyName, copyPid } from './copy.ts';
import { detailsOf } from './details.ts';
import { helpOver } from './help.ts';
import { moveCursor, toggled, withList } from './list-state.ts';
import { move } from './move.ts';
import { openPrompt } from './prompt.ts';
import {
  exportChosen,
  leaveReading,
  nextMatch,
  openChosen,
  openReading,
  startQuery,
  toggleEverything,
  toggleWrap,
} from './reading.ts';
import { send } from './send.ts';
import { detailsOfStalled, leaveStalls, openStalls } from './stalls.ts';

/** What each action does. That it can be done now was asked before. */
export const perform: Readonly<Record<ActionName, (model: Model) => Step>> = {
  up: (model) => move(model, { by: -1 }),
  down: (model) => move(model, { by: 1 }),
  'page-up': (model) => move(model, { pages: -1 }),
  'page-down': (model) => move(model, { pages: 1 }),
  first: (model) => move(model, { by: Number.NEGATIVE_INFINITY }),
  last: (model) => move(model, { by: Number.POSITIVE_INFINITY }),
  fold: (model) => step(fold(model, true)),
  unfold: (model) => step(fold(model, false)),
  'fold-all': (model) => {
    const isAnyOpen = model.list.folded.length < model.status.groups.length;
    return step(withList(model, { folded: isAnyOpen ? model.status.groups.map((group) => group.name) : [] }));
  },
  mark: (model) => {
    const row = currentRow(model);
    if (row === undefined) return step(model);
    return step(moveCursor(withList(model, { marked: toggled(model.list.marked, row.name) }), 1));
  },
  filter: (model) => step({ ...model, dialog: { is: 'filter', before: model.list.filter } }),
  back,
  help: (model) => step({ ...model, dialog: helpOver(null) }),
  sort: openSort,
  columns: openColumns,
  'copy-name': copyName,
  'copy-pid': copyPid,
  prompt: openPrompt,
  redraw: (model) => step(model, { is: 'redraw' }),
  suspend: (model) => step(model, { is: 'suspend' }),

  stalls: (model) => openStalls(model, model.screen.is === 'list' ? model.list.cursor : model.screen.target),
  details: (model) => {
    if (model.screen.is === 'stalls') return detailsOfStalled(model, model.screen);
    const row = currentRow(model);
    if (row === undefined) return step(model);
    const target = row.is === 'group' ? row.name : `${row.group.name}/${row.process.name}`;
    return step({ ...model, screen: detailsOf(target) });
  },
  why: (model) => {
    const row = currentRow(model);
    const subject = find(model, model.screen.is === 'list' ? (row?.name ?? '') : model.screen.target);
    if (subject === undefined) return step(model);
    const target = wholeName(subject);
    const dialog = { is: 'why', target, explanations: null, top: 0 } as const;
    return step({ ...model, dialog }, { is: 'fetch-why', target });
  },
  problems: (model) => step({ ...model, dialog: { is: 'problems', top: 0 } }),

  pause: (model) => {
    const subjects = subjectsOf(model);
    const targets = unique(subjects.map(wholeName));
    if (pauseVerb(subjects) === 'resume') {
      // A member that is paused with its group cannot be resumed alone; the bar says so.
      const paused = subjects.map((subject) => (pauseOf(subject)?.inherited ? subject.group.name : wholeName(subject)));
      return send(
        model,
        unique(paused).map((target) => ({ verb: 'resume', target })),
      );
    }
    return step({ ...model, dialog: { is: 'pause', targets, why: '', choice: 0, until: '' } });
  },
  'pause-all': (model) => {
    const isAllPaused = model.status.groups.length > 0 && model.status.groups.every((group) => group.paused !== null);
    if (isAllPaused) return send(model, [{ verb: 'resume', target: '*' }]);
    return step({ ...model, dialog: { is: 'pause', targets: ['*'], why: '', choice: 0, until: '' } });
  },
  restart: (model) => {
    const subjects = subjectsOf(model);
    const targets = subjects.map((subject) => subject.name);
    if (isGrave(model, subjects)) return step({ ...model, dialog: { is: 'confirm', verb: 'restart', targets } });
    return send(
      model,
      targets.map((target) => ({ verb: 'restart', target })),
    );
  },
  'stop-start': (model) => {
    const subjects = subjectsOf(model);
    const targets = unique(subjects.map(wholeName));
    if (stopVerb(subjects) === 'start')
      return send(
        model,
        targets.map((target) => ({ verb: 'start', target })),
      );
    return step({ ...model, dialog: { is: 'confirm', verb: 'stop', targets } });
  },
  dump: (model) =>
    send(
      model,
      subjectsOf(model).map(({ name }) => ({ verb: 'dump', target: name, kinds: null })),
    ),
  clear: (model) => {
    const targets = unique(subjectsOf(model).map(wholeName));
    return send(
      model,
      targets.map((target) => ({ verb: 'clear', target })),
    );
  },
  edit: (model) => {
    const [subject] = subjectsOf(model);
    if (subject === undefined) return step(model);
    const target = wholeName(subject);
    const from = model.screen.is === 'details' ? 'details' : 'list';
    const screen = { is: 'parameters', target, parameters: null, index: 0, edit: null, from } as const;
    return step({ ...model, screen });
  },

  'edit-value': (model) => {
    if (model.screen.is !== 'parameters') return step(model);
    const parameter = model.screen.parameters?.[model.screen.index];
    if (parameter === undefined) return step(model);
    const edit = { text: parameter.current === null ? '' : written(parameter.current), problem: null, sent: false };
    return step({ ...model, screen: { ...model.screen, edit } });
  },
  undo: (model) => {
    if (model.screen.is !== 'parameters') return step(model);
    const { target, parameters, index } = model.screen;
    const field = parameters?.[index]?.field;
    return field === undefined ? step(model) : send(model, [{ verb: 'unset', target, fields: [field] }]);
  },
  write: (model) => {
    if (model.screen.is !== 'parameters') return step(model);
    const { target } = model.screen;
    return step({ ...model, dialog: { is: 'write', target, files: null, top: 0 } }, { is: 'fetch-difference', target });
  },

  timeline: (model) => openReading(model, 'timeline'),
  'follow-output': (model) => openReading(model, 'output'),
  evidence: (model) => openReading(model, 'evidence'),
  'read-all': toggleEverything,
  find: startQuery,
  'next-match': (model) => nextMatch(model, false),
  'previous-match': (model) => nextMatch(model, true),
  wrap: toggleWrap,
  'open-item': openChosen,
  'export-incident': exportChosen,

  quit: (model) =>
    model.embedded && model.connection.is === 'connected'
      ? step({ ...model, dialog: { is: 'quit', choice: 0 } })
      : step(model, { is: 'leave', how: 'detached' }),
};

/** Beyond one process: several, a group, or one that others depend on. One copy of several takes nothing from anybody. */
function isGrave(model: Model, subjects: readonly Subject[]): boolean {
  const [subject] = subjects;
  if (subjects.length !== 1 || subject?.is !== 'process') return true;
  const isOneOfMany = subject.slot !== null && subject.process.slots.length > 1;
  return !isOneOfMany && blastRadius(model, [subject.name]).dependants.length > 0;
}

function back(model: Model): Step {
  const { screen } = model;
  if (screen.is === 'parameters' && screen.from === 'details') {
    const { target } = screen;
    return step({ ...model, screen: detailsOf(target) });
  }
  if (isReading(screen)) return step(leaveReading(model, screen));
  if (screen.is === 'stalls') return leaveStalls(model, screen);
  if (screen.is !== 'list') return step({ ...model, screen: { is: 'list' } });
  // One at a time, so that nobody loses with one key what he has put together with many.
  const { marked, filter } = model.list;
  if (marked.length > 0) return step(withList(doneSaying(model, 'marks-gone'), { marked: [] }));
  return filter === '' ? step(model) : step(withList(doneSaying(model, 'filter-gone'), { filter: '' }));
}

function doneSaying(model: Model, text: 'marks-gone' | 'filter-gone'): Model {
  return { ...model, bottomLine: { kind: 'done', text: say(model, text) } };
}

/** On a member, folding goes to its group, as in every tree. */
function fold(model: Model, isFolding: boolean): Model {
  const row = currentRow(model);
  if (row === undefined) return model;
  const { list } = model;
  if (row.is === 'group') {
    if (row.folded === isFolding) return model;
    return withList(model, { folded: toggled(list.folded, row.name) });
  }
  const name = `${row.group.name}/${row.process.name}`;
  if (!isFolding)
    return row.is === 'process' && row.slots === 'hidden' ? withList(model, { opened: [...list.opened, name] }) : model;
  if (list.opened.includes(name)) {
    return withList(model, { opened: toggled(list.opened, name), cursor: name });
  }
  return withList(model, { folded: [...list.folded, row.group.name], cursor: row.group.name });
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
