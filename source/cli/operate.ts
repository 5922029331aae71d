import type { Answer, Request } from '../engine/request.ts';
import { inLanguage } from '../notices/phrase.ts';
import { withEngine } from './connect.ts';
import type { Call, Context, Run } from './context.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import type { MessageId, Values } from './messages.ts';

type Simple = Extract<Request['verb'], 'resume' | 'start' | 'stop' | 'restart' | 'clear'>;

/** A command that is one request without anything more to say. */
export function operate(verb: Simple, done: MessageId): Run {
  return (call, context) => request({ verb, target: targetOf(call) }, call, context, done);
}

/** Sends the request and tells what it touched, a line each. */
export async function request(
  what: Request,
  call: Call,
  context: Context,
  done: MessageId,
  values: Values = {},
): Promise<ExitStatus> {
  const answer = await withEngine(context, (engine) => engine.call('act', what));
  return report(answer, call, context, (target) => context.say(done, { ...values, target }));
}

export function report(answer: Answer, call: Call, context: Context, line: (target: string) => string): ExitStatus {
  if (!answer.ok) {
    context.tell(inLanguage(answer.problem, context.language));
    return exitStatus.failed;
  }
  if (call.flags.json) context.printJson({ affected: answer.affected });
  else for (const target of answer.affected) context.print(line(target));
  return exitStatus.done;
}

/** The table says that there is one. */
export function targetOf(call: Call): string {
  if (call.target === null) throw new Error('a command without a target reached for it');
  return call.target;
}
