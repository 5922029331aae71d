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

/** Who needs a look comes first: what hangs in the kernel, what was halted, what runs. */
const RANKS: Readonly<Record<string, number>> = { D: 0, T: 1, t: 1, R: 2 };
const TONES: Readonly<Record<string, Tone>> = { D: 'stalled', T: 'backoff', t: 'backoff', R: 'busy' };

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
  const tidWidth = Math.max(...alike.map(({ first }) => String(first.tid).length), 1);
  const nameWidth = Math.min(MOST_NAME, Math.max(...alike.map((one) => widthOf(nameOf(one, model))), 1));
  const stateWidth = Math.max(...alike.map(({ first }) => widthOf(stateOf(first, model))), 1);
  const lines = shown.map((one) => threadLine(one, { tidWidth, nameWidth, stateWidth }, model));
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
  const rank = ({ first }: Alike): number => RANKS[first.state] ?? (first.tid === pid ? 3 : 4);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function threadLine(
  one: Alike,
  widths: { readonly tidWidth: number; readonly nameWidth: number; readonly stateWidth: number },
  model: Model,
): Line {
  const { first, sinceMs } = one;
  const tone = TONES[first.state] ?? 'plain';
  const still = model.nowMs - sinceMs;
  const where = [first.waitsIn, first.call === '' ? '' : `${first.call}()`, first.file].filter((part) => part !== '');
  const isStill = first.state !== 'R' && still >= WORTH_TELLING_MS;
  return [
    span(`   ${fitText(String(first.tid), widths.tidWidth, '', 'right')} `, 'dim'),
    span(`${fitText(nameOf(one, model), widths.nameWidth, glyph('ellipsis', model.ascii))}  `),
    span(`${first.state} ${fitText(stateOf(first, model), widths.stateWidth, '')}  `, tone),
    span(
      isStill
        ? `${fitText(say(model, 'thread-still', { time: lasted(still) }), stillWidth(model), '')}  `
        : ' '.repeat(stillWidth(model) + 2),
      tone,
    ),
    span(where.join('  '), first.file === '' ? 'dim' : 'plain'),
  ];
}

function stillWidth(model: Model): number {
  return widthOf(say(model, 'thread-still', { time: '2h 14m' }));
}

function nameOf({ first, count }: Alike, model: Model): string {
  return count === 1 ? first.name : `${first.name} ${glyph('times', model.ascii)}${count}`;
}

function stateOf({ state }: Thread, model: Model): string {
  const key = STATES[state];
  return key === undefined ? '' : say(model, key);
}

function outputLine({ output }: LiveLook, model: Model): Line {
  if (output === null) return [span(` ${say(model, 'stalls-no-output')}`, 'dim')];
  const time = lasted(model.nowMs - Date.parse(output.at));
  return [span(` ${say(model, 'stalls-output', { time })}  `, 'dim'), span(output.line)];
}
