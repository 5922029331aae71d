import type { DumpKind } from '../../ports/evidence.ts';
import { parseDuration } from '../../profile/duration.ts';
import { find, wholeName } from '../action/subject.ts';
import type { ActionName } from '../actions.ts';
import { choosable } from '../columns.ts';
import { type Command, type Step, step } from '../command.ts';
import { nextTime } from '../format/clock.ts';
import type { Message } from '../message.ts';
import type { Model, PromptDialog } from '../model.ts';
import { candidatesOf, commonPart, completed, fieldsWanted } from '../prompt/completion.ts';
import { assigned, readLine, type VerbCall } from '../prompt/read.ts';
import { named } from '../prompt/targets.ts';
import type { VerbName } from '../prompt/verbs.ts';
import { isSortName } from '../rows/sorting.ts';
import { say } from '../words/text.ts';
import { hide, sortBy } from './arrange.ts';
import { detailsOf } from './details.ts';
import { settleList, withList } from './list-state.ts';
import { send } from './send.ts';
import { editText } from './text-entry.ts';

/** So many lines are remembered, for this session only: what was typed may hold reasons and names. */
const REMEMBERED = 100;

export function openPrompt(model: Model): Step {
  return step({ ...model, dialog: promptOf('') });
}

function promptOf(text: string): PromptDialog {
  return { is: 'prompt', text, typed: text, choice: null, back: 0, problem: null, fields: null };
}

/** How an action is done: given by whoever knows all of them, so that the two tables need not know each other. */
type Attempt = (model: Model, action: ActionName) => Step;

export function inPrompt(model: Model, dialog: PromptDialog, key: string, attempt: Attempt): Step {
  if (key === 'enter') return entered(model, dialog, attempt);
  if (key === 'tab') return asksForFields(model, completing(model, dialog));
  if (key === 'up' || key === 'down') return asksForFields(model, remembered(model, dialog, key === 'up' ? 1 : -1));
  // As every shell has it: rubbing out an empty line leaves it.
  if (key === 'backspace' && dialog.text === '') return step({ ...model, dialog: null });
  const text = editText(dialog.text, key);
  return text === null ? step(model) : asksForFields(model, { ...promptOf(text), fields: dialog.fields });
}

/** Completes as far as there is one way only; where there are several, each further Tab takes the next of them. */
function completing(model: Model, dialog: PromptDialog): PromptDialog {
  const candidates = candidatesOf(dialog.typed, model, dialog.fields);
  const [only] = candidates;
  if (only === undefined) return dialog;
  if (candidates.length === 1) return { ...promptOf(completed(dialog.typed, only)), fields: dialog.fields };
  const longer = commonPart(dialog.typed, candidates);
  if (dialog.choice === null && longer !== dialog.typed) return { ...promptOf(longer), fields: dialog.fields };
  const choice = dialog.choice === null ? 0 : (dialog.choice + 1) % candidates.length;
  const chosen = candidates[choice] ?? only;
  return { ...dialog, choice, text: completed(dialog.typed, chosen), problem: null };
}

function remembered(model: Model, dialog: PromptDialog, by: number): PromptDialog {
  const back = Math.max(0, Math.min(model.typed.length, dialog.back + by));
  const text = back === 0 ? '' : (model.typed.at(-back) ?? '');
  return { ...promptOf(text), back, fields: dialog.fields };
}

/** Fields are asked for as soon as it is known whose, once. */
function asksForFields(model: Model, dialog: PromptDialog): Step {
  const target = fieldsWanted(dialog.text, model);
  if (target === null || target === dialog.fields?.target || model.connection.is !== 'connected')
    return step({ ...model, dialog });
  const asking = { ...dialog, fields: { target, parameters: null } };
  return step({ ...model, dialog: asking }, { is: 'fetch-parameters', target });
}

/** What was asked for while a line is typed. */
export function withPromptFields(model: Model, message: Extract<Message, { is: 'parameters' }>): Model {
  const { dialog } = model;
  if (dialog?.is !== 'prompt' || dialog.fields?.target !== message.target) return model;
  return { ...model, dialog: { ...dialog, fields: { target: message.target, parameters: message.parameters } } };
}

function entered(model: Model, dialog: PromptDialog, attempt: Attempt): Step {
  const line = dialog.text.trim();
  if (line === '') return step({ ...model, dialog: null });
  const reading = readLine(line, model, dialog.fields);
  if (!reading.ok) return step({ ...model, dialog: { ...dialog, problem: reading.problem } });
  const typed = [...model.typed.filter((one) => one !== line), line].slice(-REMEMBERED);
  const closed: Model = { ...model, typed, dialog: null };
  const { call } = reading;
  if (call.is === 'verb') return does[call.verb](closed, call, attempt);
  return attempt(call.target === null ? closed : focused(closed, call.target), call.action);
}

/** The list with the cursor on that row, as if somebody had gone there. */
function focused(model: Model, target: string): Model {
  const subject = named(model, target);
  if (subject === undefined) return model;
  const whole = wholeName(subject);
  const { folded, opened } = model.list;
  return settleList(
    withList(
      { ...model, screen: { is: 'list' } },
      {
        cursor: subject.name,
        marked: [],
        filter: '',
        folded: subject.is === 'group' ? folded : folded.filter((name) => name !== subject.group.name),
        opened: subject.name === whole || opened.includes(whole) ? opened : [...opened, whole],
      },
    ),
  );
}

/** What each verb does. The line was found to be right before. */
const does: Readonly<Record<VerbName, (model: Model, call: VerbCall, attempt: Attempt) => Step>> = {
  pause: (model, { targets, flags }) => {
    const untilMs = untilOf(flags, model.nowMs);
    const why = flags.why ?? '';
    return send(
      model,
      targets.map((target) => ({ verb: 'pause', target, why, untilMs })),
    );
  },
  resume: simple('resume'),
  start: simple('start'),
  stop: (model, { targets }) => asking(model, 'stop', targets),
  restart: (model, call) => {
    const [target] = call.targets;
    const isMany = call.targets.length > 1 || target === '*' || named(model, target ?? '')?.is === 'group';
    return isMany ? asking(model, 'restart', call.targets) : simple('restart')(model, call);
  },
  clear: simple('clear'),
  dump: (model, { targets, flags }) => {
    const kinds = flags.kind === undefined ? null : (flags.kind.split(',') as DumpKind[]);
    return send(
      model,
      targets.map((target) => ({ verb: 'dump', target, kinds })),
    );
  },
  heartbeat: simple('heartbeat'),
  why: (model, { targets }) => {
    const target = targets[0] ?? '';
    const dialog = { is: 'why', target, explanations: null, top: 0 } as const;
    return step({ ...model, dialog }, { is: 'fetch-why', target });
  },
  status: (model, { targets }) => {
    const subject = named(model, targets[0] ?? '');
    return step(subject === undefined ? model : { ...model, screen: detailsOf(wholeName(subject)) });
  },
  params: (model, { targets }) => {
    const target = targets[0] ?? '';
    const from = model.screen.is === 'details' ? 'details' : 'list';
    return step({ ...model, screen: { is: 'parameters', target, parameters: null, index: 0, edit: null, from } });
  },
  set: (model, { targets, rest, flags }) => {
    const target = targets[0] ?? '';
    const sent = send(model, [{ verb: 'set', target, values: assigned(rest) }]);
    if (flags.save === undefined) return sent;
    const commands = sent.commands.map((one): Command => (one.is === 'act' ? { ...one, thenSave: true } : one));
    const { bottomLine } = sent.model;
    const told = bottomLine === null ? null : { ...bottomLine, text: `${bottomLine.text} --save` };
    return step({ ...sent.model, bottomLine: told }, ...commands);
  },
  unset: (model, { targets, rest }) => send(model, [{ verb: 'unset', target: targets[0] ?? '', fields: rest }]),
  reload: (model, { flags }) => {
    const dryRun = flags['dry-run'] !== undefined;
    const text = `procsaver reload${dryRun ? ' --dry-run' : ''}`;
    return step({ ...model, bottomLine: { kind: 'command', text } }, { is: 'reload', dryRun });
  },
  filter: (model, { rest }) =>
    step(settleList(withList({ ...model, screen: { is: 'list' } }, { filter: rest.join(' ') }))),
  sort: (model, { rest }, attempt) => {
    const [by, reverse] = rest;
    if (by === undefined || !isSortName(by)) return attempt(onList(model), 'sort');
    return sortBy(onList(model), { by, isReversed: reverse !== undefined });
  },
  columns: (model, { rest }, attempt) => {
    if (rest.length === 0) return attempt(onList(model), 'columns');
    const shown = (name: string) => rest.findLast((word) => word.slice(1) === name)?.startsWith('+');
    const hidden = choosable.filter((name) => !(shown(name) ?? !model.list.hidden.includes(name)));
    return hide(onList(model), hidden);
  },
  theme: (model, { rest: [name = 'dark'] }) =>
    liked(model, `:theme ${name}`, { theme: name }, { is: 'use-theme', name }),
  mouse: (model, { rest: [word] }) => {
    const isOn = word === 'on';
    return liked(model, `:mouse ${word}`, { mouse: isOn }, { is: 'turn-mouse', isOn });
  },
  bell: (model, { rest: [word] }) => {
    const bell = word === 'bell' || word === 'osc9' ? word : 'off';
    return liked({ ...model, bell }, `:bell ${bell}`, { bell });
  },
  quit: (model, _, attempt) => attempt(model, 'quit'),
};

type Change = Extract<Command, { is: 'remember' }>['change'];

function liked(model: Model, line: string, change: Change, ...commands: readonly Command[]): Step {
  const bottomLine = { kind: 'done', text: `${line}  ${say(model, 'remembered')}` } as const;
  return step({ ...model, bottomLine }, ...commands, { is: 'remember', change });
}

/** What is arranged is the list: there it is seen. */
function onList(model: Model): Model {
  return { ...model, screen: { is: 'list' } };
}

function simple(verb: 'resume' | 'start' | 'restart' | 'clear' | 'heartbeat') {
  return (model: Model, { targets }: Pick<VerbCall, 'targets'>): Step =>
    send(
      model,
      targets.map((target) => ({ verb, target })),
    );
}

/** Asks as the key does, and names everything that it would touch. */
function asking(model: Model, verb: 'stop' | 'restart', targets: readonly string[]): Step {
  const all = targets[0] === '*' ? model.status.groups.map((group) => group.name) : targets;
  // What is named by its pid is shown, and asked for, by its name.
  const names = all.map((target) =>
    find(model, target) === undefined ? (named(model, target)?.name ?? target) : target,
  );
  return step({ ...model, dialog: { is: 'confirm', verb, targets: names } });
}

function untilOf(flags: VerbCall['flags'], nowMs: number): number | null {
  if (flags.for !== undefined) return nowMs + (parseDuration(flags.for) ?? 0);
  if (flags.until === undefined) return null;
  const [hour, minute] = flags.until.split(':').map(Number);
  return nextTime(hour ?? 0, minute ?? 0, nowMs);
}
