import type { Model } from '../model.ts';
import { say } from '../words/text.ts';
import { pidsOf } from './pids.ts';
import { find, membersOf, pauseOf, type Subject, subjectsOf } from './subject.ts';
import { stopVerb } from './verb.ts';

type Obstacle = (model: Model) => string | null;

/** Why an action cannot be done now, in the operator's language; null when it can. The engine has the last word. */
export const obstacles = {
  connected: (model) => (model.connection.is === 'connected' ? null : say(model, 'no-connection')),

  suspend: (model) => (model.embedded ? say(model, 'suspend-embedded') : null),

  details: (model) => (subjectsOf(model).length === 0 ? say(model, 'nothing-chosen') : null),

  why: onSubjects(() => null),

  copyPid: (model) => (pidsOf(model).length === 0 ? say(model, 'no-pid') : null),

  problems: (model) => (model.status.engine.problems.length === 0 ? say(model, 'no-problems') : null),

  pause: onSubjects(() => null),

  restart: onSubjects((model, subjects) => pausedObstacle(model, subjects) ?? stoppedObstacle(model, subjects)),

  stopStart: onSubjects((model, subjects) => (stopVerb(subjects) === 'start' ? pausedObstacle(model, subjects) : null)),

  dump: onSubjects((model, subjects) => {
    const lives = subjects.flatMap(membersOf).some(({ instances }) => instances.length > 0);
    return lives ? null : say(model, 'nothing-lives');
  }),

  clear: onSubjects((model, subjects) => {
    const isCounted = subjects
      .flatMap(membersOf)
      .some(
        (process) =>
          process.restarts.count > 0 ||
          process.slots.some(({ state, givenUpWith }) => state === 'fatal' || givenUpWith !== null),
      );
    return isCounted ? null : say(model, 'nothing-to-clear');
  }),

  edit: onSubjects((model, subjects) => {
    if (subjects.length > 1) return say(model, 'edit-one');
    return subjects[0]?.is === 'group' ? say(model, 'edit-group') : null;
  }),

  editValue: (model) => {
    const parameter = currentParameter(model);
    if (parameter === undefined) return say(model, 'nothing-chosen');
    if (model.connection.is !== 'connected') return say(model, 'no-connection');
    return parameter.live ? null : say(model, 'not-live', { field: parameter.field });
  },

  undo: (model) => {
    const parameter = currentParameter(model);
    if (parameter === undefined) return say(model, 'nothing-chosen');
    if (model.connection.is !== 'connected') return say(model, 'no-connection');
    return parameter.override === null ? say(model, 'not-changed', { field: parameter.field }) : null;
  },

  write: (model) => {
    if (model.connection.is !== 'connected') return say(model, 'no-connection');
    if (model.screen.is !== 'parameters') return say(model, 'nothing-to-write');
    const { target, parameters } = model.screen;
    // Until the parameters were fetched the status knows whether there is anything.
    const subject = parameters === null ? find(model, target) : undefined;
    const isChanged =
      parameters?.some((one) => one.override !== null) ??
      (subject?.is === 'process' && Object.keys(subject.process.overrides).length > 0);
    return isChanged ? null : say(model, 'nothing-to-write');
  },
} as const satisfies Readonly<Record<string, Obstacle>>;

function onSubjects(obstacle: (model: Model, subjects: readonly Subject[]) => string | null): Obstacle {
  return (model) => {
    const subjects = subjectsOf(model);
    if (model.connection.is !== 'connected') return say(model, 'no-connection');
    return subjects.length === 0 ? say(model, 'nothing-chosen') : obstacle(model, subjects);
  };
}

function pausedObstacle(model: Model, subjects: readonly Subject[]): string | null {
  const paused = subjects.find((subject) => pauseOf(subject) !== null);
  return paused === undefined ? null : say(model, 'paused-resume-first', { target: paused.name });
}

function stoppedObstacle(model: Model, subjects: readonly Subject[]): string | null {
  const stopped = subjects.find((subject) => membersOf(subject).every((process) => process.wanted === 'down'));
  return stopped === undefined ? null : say(model, 'stopped-start-it', { target: stopped.name });
}

function currentParameter(model: Model) {
  return model.screen.is === 'parameters' ? model.screen.parameters?.[model.screen.index] : undefined;
}
