import type { Status } from '../../control/protocol.ts';
import type { Answer, Request } from '../../engine/request.ts';
import type { ProcessStatus } from '../../engine/status.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { find, membersOf, wholeName } from '../action/subject.ts';
import { type Step, step } from '../command.ts';
import type { Model, Pending } from '../model.ts';
import { say } from '../words/text.ts';
import { begun } from './dumps.ts';

/** After that long without any effect, the row stops waiting and the bottom line says so. */
const PATIENCE_MS = 10_000;
/** A large core takes its time. */
const DUMP_PATIENCE_MS = 90_000;

/** A request counts only when the engine shows its effect; until then the row bears a mark. */
export function markPending(model: Model, request: Request): Model {
  const pending: Record<string, Pending> = { ...model.pending };
  const names = request.target === '*' ? model.status.groups.map((group) => group.name) : [wholeNameOf(model, request)];
  for (const name of names) pending[name] = { verb: request.verb, sinceMs: model.nowMs };
  return { ...model, pending };
}

export function answered(model: Model, request: Request, answer: Answer): Step {
  const { screen } = model;
  const isAboutScreen = screen.is === 'parameters' && screen.target === request.target;
  if (!answer.ok) {
    const settled = { ...model, pending: without(model, request) };
    // The typed text stays; the refusal stands beside it.
    if (isAboutScreen && screen.edit !== null && request.verb === 'set') {
      return step({
        ...settled,
        screen: {
          ...screen,
          edit: { ...screen.edit, problem: inLanguage(answer.problem, model.language), sent: false },
        },
      });
    }
    return step({ ...settled, bottomLine: { kind: 'problem', text: inLanguage(answer.problem, model.language) } });
  }
  if (isAboutScreen && (request.verb === 'set' || request.verb === 'unset')) {
    const edit = request.verb === 'set' ? null : screen.edit;
    return step({ ...model, screen: { ...screen, edit } }, { is: 'fetch-parameters', target: screen.target });
  }
  if (request.verb === 'dump') return step(begun(model, wholeNameOf(model, request), answer.incidents ?? []));
  if (answer.affected.length > 0) return step(model);
  const text = say(model, 'nothing-affected');
  return step({ ...model, pending: without(model, request), bottomLine: { kind: 'reason', text } });
}

export function saved(model: Model, target: string, answer: Answer): Step {
  const bottomLine = answer.ok
    ? ({ kind: 'done', text: say(model, 'saved', { names: answer.affected.join(', ') || target }) } as const)
    : ({ kind: 'problem', text: inLanguage(answer.problem, model.language) } as const);
  const isOpen = model.screen.is === 'parameters' && model.screen.target === target;
  return step({ ...model, bottomLine }, ...(isOpen ? [{ is: 'fetch-parameters', target } as const] : []));
}

/** What the change of status shows to be done. */
export function confirmedByStatus(model: Model, status: Status): Model['pending'] {
  const open = Object.entries(model.pending).filter(
    ([name, { verb }]) => verb === 'dump' || !hasChanged(model, status, name),
  );
  return open.length === Object.keys(model.pending).length ? model.pending : Object.fromEntries(open);
}

export function confirmedByNotice(pending: Model['pending'], line: NoticeLine): Model['pending'] {
  if (!line.id.startsWith('operator.') || Object.keys(pending).length === 0) return pending;
  const name = line.process === null ? line.group : `${line.group}/${line.process}`;
  // Without a group it is about everything.
  const open = Object.entries(pending).filter(([one, { verb }]) => verb === 'dump' || (name !== null && one !== name));
  return Object.fromEntries(open);
}

/** Gives up on what has been waited for too long. */
export function tooOld(model: Model, nowMs: number): Pick<Model, 'pending' | 'bottomLine'> {
  const old = Object.entries(model.pending).find(
    ([, { verb, sinceMs }]) => nowMs - sinceMs > (verb === 'dump' ? DUMP_PATIENCE_MS : PATIENCE_MS),
  );
  if (old === undefined) return model;
  const [target, { verb }] = old;
  const pending = Object.fromEntries(Object.entries(model.pending).filter(([name]) => name !== target));
  return { pending, bottomLine: { kind: 'problem', text: say(model, 'no-answer', { target, verb }) } };
}

function wholeNameOf(model: Model, request: Request): string {
  const subject = find(model, request.target);
  return subject === undefined ? request.target : wholeName(subject);
}

function without(model: Model, request: Request): Model['pending'] {
  if (request.target === '*') return {};
  const name = wholeNameOf(model, request);
  return Object.fromEntries(Object.entries(model.pending).filter(([one]) => one !== name));
}

function hasChanged(before: Model, status: Status, name: string): boolean {
  const old = find(before, name);
  const now = find({ status }, name);
  if (old === undefined || now === undefined) return true;
  if (old.is === 'group' && JSON.stringify(old.group.paused) !== JSON.stringify(now.group.paused)) return true;
  return fingerprint(membersOf(old)) !== fingerprint(membersOf(now));
}

/** What a request can change; CPU and memory change by themselves. */
function fingerprint(processes: readonly ProcessStatus[]): string {
  return JSON.stringify(
    processes.map(({ state, wanted, paused, instances, overrides, restarts }) => [
      state,
      wanted,
      paused,
      instances,
      overrides,
      restarts.count,
    ]),
  );
}
