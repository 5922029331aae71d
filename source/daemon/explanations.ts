import type { Explanation } from '../control/protocol.ts';
import { explain } from '../engine/explain.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import { phrase } from '../notices/phrase.ts';
import type { Moment } from '../ports/clock.ts';
import { lastLines } from './last-lines.ts';
import { masked, secretsOf } from './without-secrets.ts';

export interface ExplanationSources {
  readonly now: () => Moment;
  /** Commands that are named in a sentence are for this one. */
  readonly instance: string;
  readonly outputFile: (process: number, slot: number) => string;
}

/** What the engine says of each process, and the last that the process itself has said where it failed. */
export function explanations(
  state: EngineState,
  processes: readonly number[],
  sources: ExplanationSources,
): readonly Explanation[] {
  return processes.flatMap((index) => {
    const process = state.processes[index];
    if (process === undefined) return [];
    const secrets = secretsOf(process);
    const sentences = [...explain(state, index, sources.now(), clockTime), ...lastOutput(process, index, sources)]
      .map((sentence) => forInstance(sentence, sources.instance))
      .map((sentence) => masked(sentence, secrets));
    return [{ name: process.name, text: sentences.join(' '), sentences }];
  });
}

/** A reason such as `exit 1` is seldom the whole one; the program has mostly said more. */
function lastOutput(process: ProcessRecord, index: number, { outputFile }: ExplanationSources): string[] {
  const slot = process.slots.find(({ phase }) => phase.is === 'fatal' || phase.is === 'backoff');
  if (slot === undefined || process.spec.kind !== 'command') return [];
  const line = lastLines(outputFile(index, slot.number), 20).findLast((candidate) => candidate.trim() !== '');
  return line === undefined ? [] : [phrase('last-output', { line: line.trim() })];
}

/** Whoever copies a command out of a sentence must not meet another engine. */
function forInstance(sentence: string, instance: string): string {
  if (instance === 'default') return sentence;
  return sentence.replaceAll(/`(procsaver \w+[^`]*)`/g, `\`$1 --instance ${instance}\``);
}

/** As people at this machine read it: the time today, the day and time otherwise. */
function clockTime(wallMs: number): string {
  const moment = new Date(wallMs);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${time}`;
}
