import { memory, percent } from '../../format/amount.ts';
import type { Notice } from '../../notices/notice.ts';
import { noticeLine } from '../../notices/text.ts';
import { clock } from '../format/clock.ts';
import { fitText } from '../format/width.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';
import type { OpenFile } from './reading-model.ts';
import { wordsOf } from './timeline-lines.ts';

type Reader = Pick<Model, 'language' | 'nowMs'>;

/** Files whose lines are for programs, and what people read in their place. All others are shown as they are. */
const READERS: Readonly<Record<string, (line: string, reader: Reader) => string>> = {
  'samples.jsonl': sampleText,
  'notices.jsonl': traceText,
};

export function readable({ name, lines }: Pick<OpenFile, 'name' | 'lines'>, at: number, reader: Reader): string {
  const line = lines[at] ?? '';
  try {
    return READERS[name]?.(line, reader) ?? line;
  } catch {
    // Cut off, or spoilt: then it is shown as it stands there.
    return line;
  }
}

const SAMPLE_WIDTHS = { time: 8, cpu: 8, memory: 8, threads: 8, files: 8 } as const;

/** Above the samples. */
export function sampleHeads(reader: Reader): string {
  const [time, cpu, used, threads, files] = (
    ['sample-time', 'column-cpu', 'column-memory', 'sample-threads', 'sample-files'] as const
  ).map((key) => say(reader, key));
  return sampleRow([time ?? '', cpu ?? '', used ?? '', threads ?? '', files ?? ''], say(reader, 'state'));
}

function sampleText(line: string): string {
  const { at, cpuPercent, memoryBytes, threads, descriptors, state } = JSON.parse(line) as Sample;
  const figures = [
    clock(Date.parse(at)),
    percent(cpuPercent),
    memory(memoryBytes),
    String(threads),
    descriptors === null ? '-' : String(descriptors),
  ];
  return sampleRow(figures, state);
}

interface Sample {
  readonly at: string;
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly descriptors: number | null;
  readonly state: string;
}

function sampleRow(figures: readonly string[], state: string): string {
  const widths = Object.values(SAMPLE_WIDTHS);
  const cells = figures.map((figure, at) => fitText(figure, widths[at] ?? 0, '', at === 0 ? 'left' : 'right'));
  return `${cells.join(' ')}   ${state}`;
}

/** The engine's own trace: a notice as its sentence, an event by its name and what it is about, a state as a word. */
function traceText(line: string, reader: Reader): string {
  if (line.startsWith('{"state"')) return say(reader, 'trace-state');
  if (line.startsWith('{"process"')) return `  ${/"name":"([^"]*)"/.exec(line)?.[1] ?? ''}`;
  if (line.startsWith('{"end"')) return say(reader, 'trace-end');
  const { event, notice } = JSON.parse(line) as { event?: TracedEvent; notice?: Notice };
  if (notice !== undefined) {
    const told = noticeLine(notice, 'en');
    return `${clock(notice.atMs)} * ${wordsOf(told, reader.language, reader.nowMs)}`;
  }
  if (event === undefined) return line;
  const { type, at, ...rest } = event;
  return `${clock(at.wallMs)}   ${type} ${Object.values(rest).map(short).filter(Boolean).join(' ')}`;
}

interface TracedEvent {
  readonly type: string;
  readonly at: { readonly wallMs: number };
  readonly [field: string]: unknown;
}

function short(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'pid' in value) return `pid ${String(value.pid)}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 200 ? text : '';
}
