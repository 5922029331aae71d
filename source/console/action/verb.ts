import type { ProcessStatus } from '../../engine/status.ts';
import type { Model } from '../model.ts';
import { membersOf, pauseOf, type Subject, subjectsOf } from './subject.ts';

/** What a key that turns something on and off would do now. */
export function turnedVerb(action: string, model: Model): 'pause' | 'resume' | 'stop' | 'start' | null {
  if (action === 'pause') return pauseVerb(subjectsOf(model));
  if (action === 'stop-start') return stopVerb(subjectsOf(model));
  return null;
}

/** Resumes only when all of them are paused: of a mixed choice the rest is paused too. */
export function pauseVerb(subjects: readonly Subject[]): 'pause' | 'resume' {
  return subjects.length > 0 && subjects.every((subject) => pauseOf(subject) !== null) ? 'resume' : 'pause';
}

/** The groups with which members of them are paused: those are what can be resumed. */
export function pausingGroups(subjects: readonly Subject[]): readonly string[] {
  return [...new Set(subjects.flatMap((subject) => (pauseOf(subject)?.inherited ? [subject.group.name] : [])))];
}

/** Starts when none of them is wanted up, or what was wanted up has ended by itself or was given up. */
export function stopVerb(subjects: readonly Subject[]): 'stop' | 'start' {
  const isDown = (subject: Subject): boolean => membersOf(subject).length > 0 && membersOf(subject).every(isAtRest);
  return subjects.length > 0 && subjects.every(isDown) ? 'start' : 'stop';
}

function isAtRest({ wanted, state }: ProcessStatus): boolean {
  return wanted === 'down' || state === 'exited' || state === 'fatal';
}

/** Something in it was given up: it is what clearing is for. */
export function isGivenUp(model: Model): boolean {
  return subjectsOf(model).some((subject) => membersOf(subject).some(({ state }) => state === 'fatal'));
}
