import { applyChange } from '../control/apply-change.ts';
import type { Parameter } from '../engine/parameter.ts';
import { find } from './action/subject.ts';
import { type Command, type Step, step } from './command.ts';
import type { Message } from './message.ts';
import { type Model, NOTICES_KEPT } from './model.ts';
import { isReading } from './reading/reading-model.ts';
import { detailsChanged, detailsQuestions, detailsTicked, detailsTold, withFetched } from './update/details.ts';
import { dumpEnded, progressed } from './update/dumps.ts';
import { withHeldOrder } from './update/held-order.ts';
import { settleList } from './update/list-state.ts';
import { moused } from './update/mouse.ts';
import { answered, confirmedByNotice, confirmedByStatus, saved, tooOld } from './update/pending.ts';
import { pressed } from './update/pressed.ts';
import { withPromptFields } from './update/prompt.ts';
import { outlives, readingQuestions, toldWhileReading, withRead } from './update/reading.ts';
import { reloaded } from './update/reloaded.ts';
import { settleStalls, withThreads } from './update/stalls.ts';
import { pasted } from './update/text-entry.ts';
import { say } from './words/text.ts';

/** An explanation that is being read is asked for anew this often. */
const WHY_EVERY_MS = 2000;

/** The one function that makes the next model. Pure: what is to be done outside comes back as commands. */
export function update(model: Model, message: Message): Step {
  const next = apply(model, message);
  const held = withHeldOrder(model, next.model, message);
  const settled = settleStalls(settleList(held), message.is === 'tick');
  return {
    model: settled.model,
    commands: [...next.commands, ...questionsOf(model.screen, next.model.screen), ...settled.commands],
  };
}

/** A screen that opens asks for what it shows. */
function questionsOf(before: Model['screen'], after: Model['screen']): Command[] {
  // The stalls ask once they know whose timer is under the cursor.
  if (after.is === 'list' || after.is === 'stalls' || (before.is === after.is && before.target === after.target))
    return [];
  const { target } = after;
  if (isReading(after)) return readingQuestions(after);
  if (after.is === 'parameters') return [{ is: 'fetch-parameters', target }];
  return [...detailsQuestions(target)];
}

function apply(model: Model, message: Message): Step {
  switch (message.is) {
    case 'key':
      return pressed({ ...model, bottomLine: null }, message.key);
    case 'paste':
      return pasted(model, message.text);
    case 'mouse':
      return moused(model, message);
    case 'themed': {
      const bottomLine =
        message.problem === null ? model.bottomLine : { kind: 'problem' as const, text: message.problem };
      return step({ ...model, theme: message.theme, bottomLine });
    }
    case 'resized':
      return step({ ...model, size: message.size });
    case 'tick':
      return ticked(model, message.nowMs);
    case 'changed': {
      const status = applyChange(model.status, message);
      const left = leaveGone(model, { ...model, status, pending: confirmedByStatus(model, status) });
      return step(left.model, ...left.commands, ...detailsChanged(model, left.model));
    }
    case 'notice': {
      const notices = [...model.notices, message.line].slice(-NOTICES_KEPT);
      const pending = confirmedByNotice(model.pending, message.line);
      const changed = dumpEnded({ ...model, notices, pending }, message.line);
      const { model: told, commands } = toldWhileReading(changed, message.line);
      const fetches = [...parametersToFetch(told, message.line), ...detailsTold(told, message.line)];
      return step(told, ...commands, ...fetches, ...bellFor(told, message.line));
    }
    case 'progress':
      return step(progressed(model, message));
    case 'answered':
      return answered(model, message.request, message.answer);
    case 'saved':
      return saved(model, message.target, message.answer);
    case 'reloaded':
      return step(reloaded(model, message));
    case 'parameters':
      return step(withPromptFields(withFetched(withParameters(model, message), message), message));
    case 'output':
    case 'samples':
    case 'restarts':
      return step(withFetched(model, message));
    case 'threads':
      return step(withThreads(model, message));
    case 'explained':
      return step(withFetched(withExplanations(model, message), message));
    case 'difference':
      return step(withDifference(model, message));
    case 'events':
    case 'output-since':
    case 'incidents':
    case 'incident':
    case 'incident-file':
    case 'exported':
      return withRead(withFetched(model, message), message);
    case 'failed': {
      // What the dialog was opened for will not come.
      const dialog = isAsking(model.dialog) ? null : model.dialog;
      return step({ ...model, dialog, bottomLine: { kind: 'problem', text: message.problem } });
    }
    case 'lost':
      return step({
        ...model,
        nowMs: message.nowMs,
        pending: {},
        connection: {
          is: 'lost',
          sinceMs: model.connection.is === 'lost' ? model.connection.sinceMs : message.nowMs,
          nextAttemptAtMs: message.nextAttemptAtMs,
        },
      });
    case 'connected': {
      const { model: found } = leaveGone(model, {
        ...model,
        connection: { is: 'connected' },
        // That there is no connection is not true any more.
        bottomLine: null,
        status: message.status,
        notices: message.notices.slice(-NOTICES_KEPT),
        pending: {},
      });
      // What was on the screen may be as old as the connection.
      return step(found, ...questionsOf({ is: 'list' }, found.screen));
    }
  }
}

/** Whoever has switched it on is called when procsaver cannot help any more. */
function bellFor({ bell }: Model, { id, text }: { id: string; text: string }): readonly Command[] {
  return bell !== 'off' && id.endsWith('.gave-up') ? [{ is: 'ring', how: bell, text }] : [];
}

function ticked(model: Model, nowMs: number): Step {
  const { pending, bottomLine } = tooOld(model, nowMs);
  const isDue = Math.floor(nowMs / WHY_EVERY_MS) !== Math.floor(model.nowMs / WHY_EVERY_MS);
  const commands: Command[] = [...detailsTicked(model, nowMs)];
  // What is being read about goes on meanwhile.
  if (isDue && model.dialog?.is === 'why') commands.push({ is: 'fetch-why', target: model.dialog.target });
  return step({ ...model, nowMs, pending, bottomLine }, ...commands);
}

/** A screen about a process that a reload took away gives way to the list. */
function leaveGone(before: Model, model: Model): Step {
  if (
    model.screen.is === 'list' ||
    model.screen.is === 'stalls' ||
    outlives(model.screen) ||
    find(model, model.screen.target) !== undefined
  )
    return step(model);
  const text = say(model, 'gone', { target: before.screen.is === 'list' ? '' : before.screen.target });
  return step({ ...model, screen: { is: 'list' }, dialog: null, bottomLine: { kind: 'problem', text } });
}

/** Somebody, perhaps on another console, changed a parameter that stands on this screen. */
function parametersToFetch(
  model: Model,
  line: { group: string | null; process: string | null; id: string },
): Command[] {
  if (model.screen.is !== 'parameters') return [];
  const isAboutIt =
    line.id === 'profile.loaded' || (line.id === 'operator.changed' && isNamed(line, model.screen.target));
  return isAboutIt ? [{ is: 'fetch-parameters', target: model.screen.target }] : [];
}

function isNamed(line: { group: string | null; process: string | null }, target: string): boolean {
  return line.process === null ? line.group === target.split('/')[0] : `${line.group}/${line.process}` === target;
}

function withParameters(model: Model, message: Extract<Message, { is: 'parameters' }>): Model {
  if (model.screen.is !== 'parameters' || model.screen.target !== message.target) return model;
  const parameters = [...message.parameters].sort((a, b) => rankOf(a) - rankOf(b));
  const index = Math.min(model.screen.index, Math.max(0, parameters.length - 1));
  return { ...model, screen: { ...model.screen, parameters, index } };
}

function withExplanations(model: Model, { target, explanations }: Extract<Message, { is: 'explained' }>): Model {
  if (model.dialog?.is !== 'why' || model.dialog.target !== target) return model;
  return { ...model, dialog: { ...model.dialog, explanations } };
}

function withDifference(model: Model, { target, difference }: Extract<Message, { is: 'difference' }>): Model {
  if (model.dialog?.is !== 'write' || model.dialog.target !== target) return model;
  if (!difference.ok) return { ...model, dialog: null, bottomLine: { kind: 'problem', text: difference.problem } };
  return { ...model, dialog: { ...model.dialog, files: difference.files } };
}

function isAsking(dialog: Model['dialog']): boolean {
  return (dialog?.is === 'why' && dialog.explanations === null) || (dialog?.is === 'write' && dialog.files === null);
}

/** What operators come for is first; what only the profile can change is there to be read. */
function rankOf({ field, live }: Parameter): number {
  if (!live) return 2;
  return field.startsWith('restart.') ? 0 : 1;
}
