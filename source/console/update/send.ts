import type { Request } from '../../engine/request.ts';
import { commandLine } from '../action/command-line.ts';
import { type Step, step } from '../command.ts';
import type { Model } from '../model.ts';
import { markPending } from './pending.ts';

/** Sends the requests, marks what they touch, and shows the command that does the same. */
export function send(model: Model, requests: readonly Request[]): Step {
  const [first] = requests;
  if (first === undefined) return step(model);
  const more = requests.length > 1 ? `  (+${requests.length - 1})` : '';
  const marked = requests.reduce(markPending, model);
  return step(
    { ...marked, bottomLine: { kind: 'command', text: commandLine(first, model.nowMs) + more } },
    ...requests.map((request) => ({ is: 'act', request }) as const),
  );
}
