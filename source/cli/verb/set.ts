import { parse } from 'yaml';
import type { Answer } from '../../engine/request.ts';
import { inLanguage } from '../../notices/phrase.ts';
import type { WrittenValue } from '../../profile/profile.ts';
import { withEngine } from '../connect.ts';
import type { Context, Run } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { wrongUsage } from '../failure.ts';
import { report, targetOf } from '../operate.ts';

export const run: Run = async (call, context) => {
  const values = assignments(call.rest);
  const target = targetOf(call);
  const { answer, saved } = await withEngine(context, async (engine) => {
    const set = await engine.call('act', { verb: 'set', target, values });
    return { answer: set, saved: set.ok && call.flags.save ? await engine.call('save', { target }) : null };
  });
  const status = report(answer, call, context, (name) =>
    context.say('changed', { target: name, fields: call.rest.join(' ') }),
  );
  return saved === null ? status : reportSaved(saved, context);
};

function reportSaved(saved: Answer, context: Context): ExitStatus {
  // A message, not a result: the result is what was changed.
  context.tell(
    saved.ok ? context.say('saved') : context.say('notSaved', { reason: inLanguage(saved.problem, context.language) }),
  );
  return saved.ok ? exitStatus.done : exitStatus.failed;
}

/** `restart.limit=5 restart.within=1h` */
export function assignments(words: readonly string[]): Readonly<Record<string, WrittenValue>> {
  const values = new Map<string, WrittenValue>();
  for (const word of words) {
    const [, field, text] = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(word) ?? [];
    if (field === undefined || text === undefined) throw wrongUsage('badAssignment', { value: word });
    if (values.has(field)) throw wrongUsage('fieldTwice', { field });
    values.set(field, typed(text));
  }
  return Object.fromEntries(values);
}

/** As it would stand in a profile: numbers, booleans, lists and maps are what they look like, all else is text. */
function typed(text: string): WrittenValue {
  try {
    // Only a list or map: YAML would take much that is meant as text for something else.
    return (/^(\[.*\]|\{.*\})$/s.test(text) ? parse(text) : JSON.parse(text)) as WrittenValue;
  } catch {
    return text;
  }
}
