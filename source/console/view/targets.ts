import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** What a dialog is about, in its title: a few names, and how many more. */
export function namesOf(model: Model, targets: readonly string[]): string {
  if (targets[0] === '*') return say(model, 'everything');
  return targets.length > 3 ? `${targets.slice(0, 3).join(', ')} (+${targets.length - 3})` : targets.join(', ');
}
