import type { Parameter } from '../engine/parameter.ts';
import { find } from './action/subject.ts';
import { typed, written } from './format/value.ts';
import type { Model } from './model.ts';
import { say } from './words/text.ts';

/** What a value that is being typed would do, in words, where that can be said simply; null elsewhere. */
export function effectOf(model: Model, target: string, parameter: Parameter, text: string): string | null {
  if (parameter.field !== 'restart.limit' && parameter.field !== 'restart.within') return null;
  const subject = find(model, target);
  // What makes no sense is the engine's to refuse; nothing is foretold of it.
  if (subject?.is !== 'process' || !/^\d+(\.\d+)?(ms|s|m|h|d)?$/.test(text.trim())) return null;
  const { restarts } = subject.process;
  const value = written(typed(text));
  const limit = parameter.field === 'restart.limit' ? value : restarts.limit;
  const within = parameter.field === 'restart.within' ? value : restarts.within;
  return say(model, 'effect-limit', { limit, within, count: restarts.count });
}
