import { formatDuration, parseDuration } from '../duration.ts';
import type { FieldType } from '../field.ts';
import type { Trouble } from '../problem.ts';
import { formatSize, parseSize } from '../size.ts';
import { describe, plainOf, type ScalarTree } from '../tree.ts';
import { reference, wrong } from './scalar.ts';

interface Measure {
  readonly words: string;
  readonly examples: string;
  readonly pattern: string;
  readonly parse: (text: string) => number | null;
  readonly format: (value: number) => string;
  /** What to say to somebody who wrote it in another way. */
  readonly units: string;
  /** How to write a number that came without a unit. */
  readonly withUnit: (number: string) => string;
}

/** In milliseconds. The limits are written as in a profile. */
export function duration(min: string, max: string): FieldType<number> {
  return measure(min, max, {
    words: 'duration',
    examples: '500ms, 10s, 5m, 24h or 1h30m',
    pattern: '^(\\d+d ?)?(\\d+h ?)?(\\d+m ?)?(\\d+s ?)?(\\d+ms)?$',
    parse: parseDuration,
    units: 'whole numbers with the units d, h, m, s, ms, the largest first',
    format: formatDuration,
    withUnit: (number) => `write ${number}s for seconds, ${number}m for minutes`,
  });
}

/** In bytes. */
export function size(min: string, max: string): FieldType<number> {
  return measure(min, max, {
    words: 'size',
    examples: '64K, 512M or 2G',
    pattern: '^\\d+[BKMGT]$',
    parse: parseSize,
    units: 'one whole number and K, M, G or T',
    format: formatSize,
    withUnit: (number) => `write ${number}B for bytes, ${number}M for megabytes`,
  });
}

function measure(min: string, max: string, kind: Measure): FieldType<number> {
  const least = kind.parse(min) as number;
  const most = kind.parse(max) as number;
  const expected = `a ${kind.words} such as ${kind.examples}`;
  const range = `${min} to ${max}`;
  return {
    words: kind.words,
    range,
    schema: { anyOf: [{ type: 'string', pattern: kind.pattern }, reference] },
    read: (tree, report) => {
      if (tree.is !== 'scalar' || tree.value === null || typeof tree.value === 'boolean') {
        return wrong(tree, kind.words, expected, '', report);
      }
      const value = kind.parse(tree.text);
      if (value !== null && value >= least && value <= most) return value;
      report(tree.place, value !== null ? outOfRange(tree, range) : { ...unreadable(tree, kind), expected });
      return undefined;
    },
    written: plainOf,
  };
}

function outOfRange(tree: ScalarTree, range: string): Trouble {
  return { what: `${tree.text} is out of range`, expected: range, hint: '' };
}

function unreadable(tree: ScalarTree, kind: Measure): Pick<Trouble, 'what' | 'hint'> {
  if (/^[\d.]+$/.test(tree.text)) return { what: `${tree.text} has no unit`, hint: kind.withUnit(tree.text) };
  return { what: `${describe(tree)} is not a ${kind.words}`, hint: `write ${kind.units}` };
}
