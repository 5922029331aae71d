import type { InstanceSamples } from '../../../control/protocol.ts';
import { memory, percent } from '../../../format/amount.ts';
import { fitText } from '../../format/width.ts';
import type { Model, Written } from '../../model.ts';
import { sparks } from '../../theme.ts';
import { say } from '../../words/text.ts';
import { type Line, span } from '../line.ts';

const SPAN_MS = 600_000;
/** One column for each sample of the flight recorder at its best. */
const WIDEST = 60;
const NAME_WIDTH = 4;
const RANGE_WIDTH = 15;
/** A process at rest is a flat line, not a mountain of tenths. */
const LEAST_FULL_CPU = 5;

type Measure = (sample: InstanceSamples['samples'][number]) => number;

/** `cpu ▁▁▂▅█▁  0.1% to 12%`: the last ten minutes; a line begins at zero, so that small changes look small. */
export function sparklines(
  { samples: told, written }: { readonly samples: readonly InstanceSamples[]; readonly written: readonly Written[] },
  width: number,
  model: Model,
): readonly Line[] {
  const columns = Math.min(WIDEST, width - NAME_WIDTH - RANGE_WIDTH - 2);
  const last = lastOf(told);
  if (last === null || columns < 10) return [];
  const row = (
    name: 'spark-cpu' | 'spark-memory' | 'spark-output',
    values: readonly (number | null)[],
    full: number,
    shown: (value: number) => string,
  ) => {
    const known = values.filter((value) => value !== null);
    const range = [shown(Math.min(...known)), shown(Math.max(...known))];
    const [from = '', to = ''] = range;
    const text = from === to ? from : say(model, 'range', { from, to });
    return [
      span(fitText(say(model, name), NAME_WIDTH, ''), 'dim'),
      span(drawn(values, full, model.ascii), 'busy'),
      span(`  ${text}`),
    ];
  };
  return [
    row(
      'spark-cpu',
      series(told, ({ cpuPercent }) => cpuPercent, last, columns),
      LEAST_FULL_CPU,
      percent,
    ),
    row(
      'spark-memory',
      series(told, ({ memoryBytes }) => memoryBytes, last, columns),
      0,
      memory,
    ),
    // Only what was written while somebody looked on is known.
    ...(written.length < 2
      ? []
      : [row('spark-output', writtenSeries(written, columns), 0, (bytes) => `${memory(bytes)}/s`)]),
  ];
}

/** The recorder's own clock: that of the console may be another machine's. */
function lastOf(told: readonly InstanceSamples[]): number | null {
  const ends = told.flatMap(({ samples }) => samples.at(-1)?.at ?? []).map((at) => Date.parse(at));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** One value a column, of all instances together; a sample holds until the next one. Null: nothing is known of that time. */
export function series(
  told: readonly InstanceSamples[],
  measure: Measure,
  lastMs: number,
  columns: number,
): readonly (number | null)[] {
  const sums: (number | null)[] = Array.from({ length: columns }, () => null);
  for (const { samples } of told) {
    const own = samples.map((sample) => ({ column: columnOf(sample.at, lastMs, columns), value: measure(sample) }));
    let held: number | null = null;
    let next = 0;
    for (let column = 0; column < columns; column++) {
      const peaks: number[] = [];
      for (; next < own.length && (own[next]?.column ?? 0) <= column; next++) peaks.push(own[next]?.value ?? 0);
      // A short peak is what one looks for: of several samples in a column the highest stands.
      if (peaks.length > 0) held = Math.max(...peaks);
      if (held !== null) sums[column] = (sums[column] ?? 0) + held;
      // The peak stands in its own column only; what is held on is how it was last.
      if (peaks.length > 0) held = peaks.at(-1) ?? null;
    }
  }
  return sums;
}

/** Bytes a second, from one look to the next; the newest on the right. A file that has become smaller was rotated. */
export function writtenSeries(written: readonly Written[], columns: number): readonly (number | null)[] {
  const rates: (number | null)[] = Array.from({ length: columns }, () => null);
  const lastMs = written.at(-1)?.atMs ?? 0;
  const columnEndingAt = (atMs: number): number => Math.ceil((1 - (lastMs - atMs) / SPAN_MS) * columns) - 1;
  for (const [at, { atMs, bytes }] of written.entries()) {
    const before = written[at - 1];
    if (before === undefined || atMs <= before.atMs) continue;
    const more = bytes >= before.bytes ? bytes - before.bytes : bytes;
    const rate = (more * 1000) / (atMs - before.atMs);
    const to = columnEndingAt(atMs);
    const from = Math.min(to, columnEndingAt(before.atMs) + 1);
    for (let column = Math.max(0, from); column <= to; column++) rates[column] = Math.max(rates[column] ?? 0, rate);
  }
  return rates;
}

function columnOf(at: string, lastMs: number, columns: number): number {
  const share = 1 - (lastMs - Date.parse(at)) / SPAN_MS;
  return Math.min(columns - 1, Math.max(0, Math.floor(share * columns)));
}

export function drawn(values: readonly (number | null)[], leastFull: number, ascii: boolean): string {
  const levels = sparks(ascii);
  const full = Math.max(leastFull, ...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return ' ';
      const level = full === 0 ? 0 : Math.round((value / full) * (levels.length - 1));
      return levels[level] ?? ' ';
    })
    .join('');
}
