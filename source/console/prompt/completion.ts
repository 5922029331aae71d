import type { Parameter } from '../../engine/parameter.ts';
import { actions } from '../actions.ts';
import { written } from '../format/value.ts';
import type { Model, PromptFields } from '../model.ts';
import { stateWords } from '../rows/filter.ts';
import { say } from '../words/text.ts';
import { actionWords } from './action-words.ts';
import { countIn, named, oneProcess, targetNames } from './targets.ts';
import { flags, isVerb, type Verb, type VerbName, verbOf, verbs } from './verbs.ts';
import { wordsAfter } from './word-lists.ts';
import { quotedWord, type Words, wordsOf } from './words.ts';

/** One way in which the last word can go on. */
export interface Candidate {
  /** The whole word. */
  readonly text: string;
  /** What it is, beside it. */
  readonly hint: string;
  /** More of the same word follows, as after `field=`. */
  readonly isOpen?: true;
}

/** No more than anybody would read, whatever ten thousand names begin alike. */
const MOST = 200;

/** How the last word of the line can go on: what begins so first, then what has it inside. */
export function candidatesOf(line: string, model: Model, fields: PromptFields | null): readonly Candidate[] {
  const words = wordsOf(line);
  const partial = words.last.text.toLowerCase();
  const all = possible(words, model, fields);
  const begins = all.filter(({ text }) => text.toLowerCase().startsWith(partial));
  // Inside a word it is looked for only where names are long.
  const holds = all
    .filter(({ text }) => text.includes('/') && !begins.some((one) => one.text === text))
    .filter(({ text }) => partial !== '' && text.toLowerCase().includes(partial));
  return [...begins, ...holds].slice(0, MOST);
}

function possible({ done, last }: Words, model: Model, fields: PromptFields | null): readonly Candidate[] {
  const [verbWord, ...more] = done.map(({ text }) => text);
  const { language } = model;
  if (verbWord === undefined) {
    const named = (Object.keys(verbs) as VerbName[]).map((name) => ({ text: name, hint: verbOf(name).help[language] }));
    return [...named, ...actionWords(model).map((name) => ({ text: name, hint: actions[name].help[language] }))];
  }
  if (!isVerb(verbWord)) return more.length === 0 ? targets(model, last.text, 'any') : [];
  const verb = verbOf(verbWord);
  const before = more.at(-1)?.replace(/^--/, '');
  const valued = verb.flags.find((flag) => flag === before && more.at(-1)?.startsWith('--'));
  if (valued !== undefined && flags[valued].shape !== null)
    return flags[valued].values.map((text) => ({ text, hint: '' }));
  const plain = plainWords(verb, more);
  const isTargetDue = verb.target !== 'none' && plain.length === 0 && !more.includes('--all');
  return [
    ...(isTargetDue && !last.text.startsWith('-') ? targets(model, last.text, verb.target) : []),
    ...restOf(verbWord, verb, plain, last.text, model, fields),
    ...flagWords(verb, more),
  ];
}

/** Without flags and what they take. */
function plainWords(verb: Verb, words: readonly string[]): readonly string[] {
  return words.filter((word, at) => {
    if (word.startsWith('--')) return false;
    const flag = verb.flags.find((one) => words[at - 1] === `--${one}`);
    return flag === undefined || flags[flag].shape === null;
  });
}

function targets(model: Model, partial: string, kind: Verb['target']): readonly Candidate[] {
  return targetNames(model, partial)
    .filter((name) => kind !== 'process' || name.includes('/'))
    .map((text) => ({
      text,
      hint: text.includes('/') ? '' : say(model, 'processes', { count: countIn(model, text) }),
    }));
}

function flagWords(verb: Verb, used: readonly string[]): readonly Candidate[] {
  const names = [...verb.flags.map((flag) => ({ text: `--${flag}`, hint: flags[flag].shape ?? '' }))];
  const all = verb.target === 'any' && used.length === 0 ? [{ text: '--all', hint: '' }] : [];
  return [...names, ...all].filter(({ text }) => !used.includes(text));
}

function restOf(
  name: VerbName,
  verb: Verb,
  plain: readonly string[],
  partial: string,
  model: Model,
  fields: PromptFields | null,
): readonly Candidate[] {
  if (verb.rest === 'words') return wordsAfter(name, plain.length).map((text) => ({ text, hint: '' }));
  if (verb.rest === 'text') return stateWords.flatMap((word) => [word, `!${word}`]).map((text) => ({ text, hint: '' }));
  if (verb.rest === 'none' || fields?.parameters == null) return [];
  if (fields.target !== fieldsTarget(plain, model)) return [];
  const live = fields.parameters.filter(({ live }) => live);
  if (verb.rest === 'fields')
    return live
      .filter(({ override }) => override !== null)
      .map((one) => ({ text: one.field, hint: shapeOf(one, model) }));
  const parameter = live.find(({ field }) => partial.startsWith(`${field}=`));
  if (parameter !== undefined) return valuesOf(parameter).map((text) => ({ text, hint: shapeOf(parameter, model) }));
  return live.map((one) => ({ text: `${one.field}=`, hint: shapeOf(one, model), isOpen: true }));
}

/** Whose parameters the words are about; null while that is not known. */
function fieldsTarget(plain: readonly string[], model: Model): string | null {
  const [first] = plain;
  const isTarget = first !== undefined && named(model, first) !== undefined;
  return oneProcess(model, isTarget ? first : undefined);
}

/** The same of a line that is being typed: of which process fields are worth asking for. */
export function fieldsWanted(line: string, model: Model): string | null {
  const [verbWord, ...more] = wordsOf(line).done.map(({ text }) => text);
  if (verbWord === undefined || !isVerb(verbWord)) return null;
  const verb = verbOf(verbWord);
  if (verb.rest !== 'assignments' && verb.rest !== 'fields') return null;
  return fieldsTarget(plainWords(verb, more), model);
}

function shapeOf(parameter: Parameter, model: Model): string {
  const type = parameter.range === '' ? parameter.type : `${parameter.type}, ${parameter.range}`;
  return say(model, 'prompt-value-now', { type, value: written(parameter.current) });
}

/** Values as they would be written after the field: those there are, or the ones in use. */
function valuesOf({ field, type, current, profile, default: usual }: Parameter): readonly string[] {
  const few = type === 'boolean' ? ['true', 'false'] : /^one of (.+)$/.exec(type)?.[1]?.split(', ');
  const values = few ?? [current, profile, usual].filter((value) => value !== null).map(written);
  return [...new Set(values)].map((value) => `${field}=${value}`);
}

/** The line with its last word replaced; a word that is whole is followed by a blank. */
export function completed(line: string, { text, isOpen }: Candidate): string {
  return `${line.slice(0, wordsOf(line).last.at)}${quotedWord(text)}${isOpen ? '' : ' '}`;
}

/** The line as far as all that begin like its last word agree. */
export function commonPart(line: string, candidates: readonly Candidate[]): string {
  const { last } = wordsOf(line);
  const begins = candidates.map(({ text }) => text).filter((text) => text.startsWith(last.text));
  const [first = '', ...others] = begins;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return length > last.text.length ? line.slice(0, last.at) + quotedWord(first.slice(0, length)) : line;
}
