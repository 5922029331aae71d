import { parseDuration } from '../../profile/duration.ts';
import type { WrittenValue } from '../../profile/profile.ts';
import { closest } from '../../profile/suggestion.ts';
import { subjectsOf } from '../action/subject.ts';
import type { ActionName } from '../actions.ts';
import { typed } from '../format/value.ts';
import type { Model, PromptFields } from '../model.ts';
import { say } from '../words/text.ts';
import { actionWords } from './action-words.ts';
import { meant, nearText } from './near.ts';
import { named, oneProcess, targetNames } from './targets.ts';
import { type FlagName, flags, isVerb, type VerbName, verbOf, verbs } from './verbs.ts';
import { restProblem } from './word-lists.ts';
import { wordsOf } from './words.ts';

/** What a line asks for. */
export type Call = VerbCall | { readonly is: 'action'; readonly action: ActionName; readonly target: string | null };

export interface VerbCall {
  readonly is: 'verb';
  readonly verb: VerbName;
  /** As they were typed, or what is chosen; `*`: everything. */
  readonly targets: readonly string[];
  readonly rest: readonly string[];
  readonly flags: Readonly<Partial<Record<FlagName, string>>>;
}

export type Reading = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly problem: string };

/** The line as a call, or what is wrong with it and what was probably meant. */
export function readLine(line: string, model: Model, fields: PromptFields | null): Reading {
  const { done, last, isOpenQuote } = wordsOf(line);
  if (isOpenQuote) return wrong(model, 'prompt-quote');
  const all = [...done, ...(last.text === '' ? [] : [last])].map(({ text }) => text);
  return readWords(all, model, fields, false);
}

/** What is wrong with the words that are finished, said while the next one is typed; null: nothing so far. */
export function problemSoFar(line: string, model: Model, fields: PromptFields | null): string | null {
  const { done } = wordsOf(line);
  if (done.length === 0) return null;
  const reading = readWords(
    done.map(({ text }) => text),
    model,
    fields,
    true,
  );
  return reading.ok ? null : reading.problem;
}

function readWords(
  [word, ...more]: readonly string[],
  model: Model,
  fields: PromptFields | null,
  isUnfinished: boolean,
): Reading {
  if (word === undefined) return wrong(model, 'prompt-unknown', { word: '', near: '' });
  if (isVerb(word)) return readVerb(word, more, model, fields, isUnfinished);
  const action = actionWords(model).find((one) => one === word);
  if (action === undefined)
    return wrong(model, 'prompt-unknown', {
      word,
      near: nearText(model, word, [...Object.keys(verbs), ...actionWords(model)]),
    });
  const [target, surplus] = more;
  if (surplus !== undefined) return wrong(model, 'prompt-surplus', { verb: word, word: surplus });
  if (target !== undefined && named(model, target) === undefined) return noTarget(model, target);
  return { ok: true, call: { is: 'action', action, target: target ?? null } };
}

function readVerb(
  name: VerbName,
  words: readonly string[],
  model: Model,
  fields: PromptFields | null,
  isUnfinished: boolean,
): Reading {
  const verb = verbOf(name);
  const given: Partial<Record<FlagName, string>> = {};
  const plain: string[] = [];
  let isAll = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!word.startsWith('--')) {
      plain.push(word);
      continue;
    }
    if (word === '--all' && verb.target === 'any') {
      isAll = true;
      continue;
    }
    const [bare = '', written] = splitAt(word.slice(2), '=');
    const flag = verb.flags.find((one) => one === bare);
    if (flag === undefined)
      return wrong(model, 'prompt-flag', {
        verb: name,
        word,
        near: nearText(
          model,
          word,
          verb.flags.map((one) => `--${one}`),
        ),
      });
    const { shape } = flags[flag];
    const value = shape === null ? '' : (written ?? words[++at]);
    if (value === undefined && isUnfinished) break;
    if (value === undefined) return wrong(model, 'prompt-flag-value', { word, shape: shape ?? '' });
    if (!isFlagValue(flag, value)) return wrong(model, 'prompt-flag-bad', { word: value, shape: shape ?? '' });
    given[flag] = value;
  }
  if (given.for !== undefined && given.until !== undefined) return wrong(model, 'prompt-one-time');

  const takesTarget = verb.target !== 'none' && !isAll;
  const first = plain[0];
  // A word of the rest may stand where the target was left out.
  const isTargetGiven =
    takesTarget &&
    first !== undefined &&
    !(verb.rest === 'assignments' && first.includes('=')) &&
    !(verb.rest === 'fields' && named(model, first) === undefined && first.includes('.'));
  if (isTargetGiven && named(model, first) === undefined) return noTarget(model, first);
  const rest = isTargetGiven ? plain.slice(1) : plain;
  if (verb.rest === 'none' && rest[0] !== undefined)
    return wrong(model, 'prompt-surplus', { verb: name, word: rest[0] });
  const targets = isAll
    ? ['*']
    : !takesTarget
      ? []
      : isTargetGiven
        ? [first]
        : subjectsOf(model).map((one) => one.name);
  if (takesTarget && targets.length === 0 && !isUnfinished)
    return wrong(model, 'prompt-target-missing', { verb: name });
  if (verb.target === 'process' && (isTargetGiven || !isUnfinished)) {
    const process = oneProcess(model, isTargetGiven ? first : undefined);
    if (process === null) return wrong(model, 'prompt-one-process', { verb: name });
    targets.splice(0, targets.length, process);
  }
  const problem =
    verb.rest === 'words'
      ? restProblem(name, rest, model, isUnfinished)
      : verb.rest === 'assignments' || verb.rest === 'fields'
        ? fieldProblem(verb.rest, rest, model, fields?.target === targets[0] ? fields : null, isUnfinished)
        : null;
  if (problem !== null) return { ok: false, problem };
  return { ok: true, call: { is: 'verb', verb: name, targets, rest, flags: given } };
}

function fieldProblem(
  kind: 'assignments' | 'fields',
  rest: readonly string[],
  model: Model,
  fields: PromptFields | null,
  isUnfinished: boolean,
): string | null {
  if (kind === 'assignments' && rest.length === 0 && !isUnfinished)
    return say(model, 'prompt-assignment', { word: '' });
  const known = fields?.parameters ?? null;
  for (const word of rest) {
    const [field = '', value] = splitAt(word, '=');
    if (kind === 'assignments' && (field === '' || value === undefined))
      return say(model, 'prompt-assignment', { word });
    if (known === null) continue;
    const parameter = known.find((one) => one.field === field);
    if (parameter === undefined) {
      const names = known.map((one) => one.field);
      return say(model, 'prompt-field', { word: field, near: nearText(model, field, names) });
    }
    if (!parameter.live) return say(model, 'prompt-fixed', { word: field });
  }
  return null;
}

/** `restart.limit=5` → field and value, as YAML would read the value. */
export function assigned(rest: readonly string[]): Readonly<Record<string, WrittenValue>> {
  return Object.fromEntries(
    rest.map((word) => {
      const [field = '', value = ''] = splitAt(word, '=');
      return [field, typed(value)];
    }),
  );
}

function isFlagValue(flag: FlagName, value: string): boolean {
  if (flag === 'for') return (parseDuration(value) ?? 0) > 0;
  if (flag === 'until') return /^([01]?\d|2[0-3]):[0-5]\d$/.test(value);
  if (flag === 'kind') return value.split(',').every((kind) => ['stack', 'core', 'mini', 'full'].includes(kind));
  return true;
}

function splitAt(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function noTarget(model: Model, word: string): Reading {
  const names = targetNames(model, word);
  // Whoever leaves the group out is understood, though not obeyed.
  const found = names.find((name) => name.endsWith(`/${word}`)) ?? closest(word, names);
  return wrong(model, 'prompt-no-target', { word, near: meant(model, found) });
}

function wrong(model: Model, key: Parameters<typeof say>[1], values: Parameters<typeof say>[2] = {}): Reading {
  return { ok: false, problem: say(model, key, values) };
}
