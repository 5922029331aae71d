import type { LiveLook } from '../../../control/live-look.ts';
import { lasted } from '../../../format/duration.ts';
import { widthOf } from '../../../format/width.ts';
import { fitText } from '../../format/width.ts';
import type { Model, StallsScreen } from '../../model.ts';
import { glyph, type Tone } from '../../theme.ts';
import { say, type TextKey } from '../../words/text.ts';
import { type Line, span } from '../line.ts';

type Thread = LiveLook['threads'][number];

/** Threads of one name that do the same stand on one line. */
interface Alike {
  readonly first: Thread;
  readonly count: number;
  /** None of them has moved since then, as far as this screen has seen. */
  readonly sinceMs: number;
}

const STATES: Readonly<Record<string, TextKey>> = {
  R: 'thread-running',
  S: 'thread-sleeping',
  D: 'thread-uninterruptible',
  T: 'thread-stopped',
  t: 'thread-traced',
  Z: 'thread-ended',
};

/** Who needs a look comes first: what hangs in the kernel, what was halted, what runs; then who waits for a file, and the main one. */
const RANKS: Readonly<Record<string, number>> = { D: 0, T: 1, t: 1, R: 2 };
const TONES: Readonly<Record<string, Tone>> = { D: 'stalled', T: 'backoff', t: 'backoff', R: 'busy' };

interface Widths {
  readonly tid: number;
  readonly name: number;
  readonly state: number;
}

/** A second or two is nothing to tell. */
const WORTH_TELLING_MS = 2000;
const MOST_NAME = 18;

/** Exactly what fits into `height` lines: who it is, its threads, the last line of its output. */
export function lookLines(model: Model, { look, target }: StallsScreen, height: number): readonly Line[] {
  if (look === null) return [[span(` ${target}`, 'bright'), span(`  ${say(model, 'asking')}`, 'dim')]];
  const [seen] = look.looks;
  if (seen === undefined) return [[span(` ${target}`, 'bright'), span(`  ${say(model, 'stalls-gone')}`, 'dim')]];
  const head = headLine(seen, target, model);
  const output = outputLine(seen, model);
  const problem: Line[] = seen.problem === null ? [] : [[span(` ${seen.problem}`, 'backoff')]];
  const room = Math.max(0, height - 2 - problem.length);
  return [head, ...problem, ...threadLines(seen, look, room, model), output];
}

function headLine({ pid, threads, more }: LiveLook, target: string, model: Model): Line {
  const count = threads.length + more;
  const words = say(model, count === 1 ? 'thread-one' : 'threads', { count });
  return [span(` ${target}`, 'bright'), span(`  pid ${pid}  ${words}`, 'dim')];
}

function threadLines(seen: LiveLook, look: NonNullable<StallsScreen['look']>, room: number, model: Model): Line[] {
  const alike = gathered(seen, look);
  const isAll = seen.more === 0 && alike.length <= room;
  const shown = alike.slice(0, isAll ? room : Math.max(0, room - 1));
  const widest = (textOf: (one: Alike) => string): number => Math.max(0, ...alike.map((one) => widthOf(textOf(one))));
  const widths: Widths = {
    tid: widest(({ first }) => String(first.tid)),
    name: Math.min(
      MOST_NAME,
      widest((one) => nameOf(one, model)),
    ),
    state: widest(({ first }) => stateOf(first, model)),
  };
  const lines = shown.map((one) => threadLine(one, widths, model));
  if (isAll || room === 0) return lines;
  const told = shown.reduce((sum, { count }) => sum + count, 0);
  const rest = seen.threads.length + seen.more - told;
  return [...lines, [span(`   ${say(model, 'threads-more', { count: rest })}`, 'dim')]];
}

function gathered({ pid, threads }: LiveLook, { unmovedSince }: NonNullable<StallsScreen['look']>): Alike[] {
  const groups = new Map<string, Alike>();
  for (const thread of threads) {
    const { name, state, waitsIn, call, file } = thread;
    const sinceMs = unmovedSince[`${pid}.${thread.tid}`]?.sinceMs ?? 0;
    // The main thread is the one that people ask about.
    const key = JSON.stringify([thread.tid === pid, name, state, waitsIn, call, file]);
    const known = groups.get(key);
    groups.set(key, {
      first: known?.first ?? thread,
      count: (known?.count ?? 0) + 1,
      sinceMs: Math.max(known?.sinceMs ?? 0, sinceMs),
    });
  }
  const rank = ({ first }: Alike): number => RANKS[first.state] ?? (first.file !== '' ? 3 : first.tid === pid ? 4 : 5);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function threadLine(one: Alike, { tid, name, state }: Widths, model: Model): Line {
  const { first, sinceMs } = one;
  const tone = TONES[first.state] ?? 'plain';
  return [
    span(`   ${fitText(String(first.tid), tid, '', 'right')} `, 'dim'),
    span(`${fitText(nameOf(one, model), name, glyph('ellipsis', model.ascii))}  `),
    span(`${first.state} ${fitText(stateOf(first, model), state, '')}  `, tone),
    span(fitText(stillOf(first, model.nowMs - sinceMs, model), stillWidth(model) + 2, ''), tone),
    span(whereOf(first, model), first.file === '' ? 'dim' : 'plain'),
  ];
}

/** For what it waits, in which call, and where: the file says most, and is not what is cut off. */
function whereOf({ waitsIn, call, file }: Thread, model: Model): string {
  const inCall = call === '' ? '' : `${call}()`;
  const parts = isNarrow(model) ? [file === '' ? inCall : file, waitsIn] : [file, inCall, waitsIn];
  return parts.filter((part) => part !== '').join('  ');
}

function stillOf({ state }: Thread, stillMs: number, model: Model): string {
  if (state === 'R' || stillMs < WORTH_TELLING_MS) return '';
  return isNarrow(model) ? lasted(stillMs) : say(model, 'thread-still', { time: lasted(stillMs) });
}

function stillWidth(model: Model): number {
  const time = '2h 14m';
  return widthOf(isNarrow(model) ? time : say(model, 'thread-still', { time }));
}

function isNarrow({ size }: Model): boolean {
  return size.columns < 120;
}

function nameOf({ first, count }: Alike, model: Model): string {
  return count === 1 ? first.name : `${first.name} ${glyph('times', model.ascii)}${count}`;
}

/** Its letter stands before it, and is enough where there is little room. */
function stateOf({ state }: Thread, model: Model): string {
  if (isNarrow(model)) return '';
  const key = STATES[state];
  return key === undefined ? '' : say(model, key);
}

function outputLine({ output }: LiveLook, model: Model): Line {
  if (output === null) return [span(` ${say(model, 'stalls-no-output')}`, 'dim')];
  const time = lasted(model.nowMs - Date.parse(output.at));
  return [span(` ${say(model, 'stalls-output', { time })}  `, 'dim'), span(output.line)];
}
