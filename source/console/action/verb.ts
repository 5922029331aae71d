import type { Model } from '../model.ts';
import { pauseOf, type Subject, subjectsOf } from './subject.ts';

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

/** Starts when none of them is wanted up, or what was wanted up has ended by itself. */
export function stopVerb(subjects: readonly Subject[]): 'stop' | 'start' {
  const isDown = (subject: Subject): boolean =>
    subject.is === 'group'
      ? subject.group.processes.length > 0 && subject.group.processes.every((process) => process.wanted === 'down')
      : subject.process.wanted === 'down' || subject.process.state === 'exited';
  return subjects.length > 0 && subjects.every(isDown) ? 'start' : 'stop';
}
