import { parseDuration } from '../duration.ts';
import type { FieldType } from '../field.ts';
import type { Report, Trouble } from '../problem.ts';
import { parseSize } from '../size.ts';
import { describe, plainOf, type ScalarTree, type Tree } from '../tree.ts';
import { reference, wrong } from './scalar.ts';

interface Measure {
  readonly words: string;
  readonly examples: string;
  readonly pattern: string;
  readonly parse: (text: string) => number | null;
  /** What to say to somebody who wrote it in another way. */
  readonly units: string;
  /** How to write a number that came without a unit. */
  readonly withUnit: (number: string) => string;
  /** Why less than the least makes no sense; empty where that goes without saying. */
  readonly tooLittle?: string;
}

const durationExamples = '500ms, 10s, 5m, 24h or 1h30m';

/** In milliseconds. The limits are written as in a profile. */
export function duration(min: string, max: string, tooLittle = ''): FieldType<number> {
  return measure(min, max, {
    words: 'duration',
    examples: durationExamples,
    pattern: '^(\\d+d ?)?(\\d+h ?)?(\\d+m ?)?(\\d+s ?)?(\\d+ms)?$',
    parse: parseDuration,
    units: 'whole numbers with the units d, h, m, s, ms, the largest first',
    withUnit: (number) => `write ${number}s for seconds, ${number}m for minutes`,
    tooLittle,
  });
}

/** How long something may last, or the word `off`, which takes back what `defaults` or the profile say. */
export function limit(min: string, max: string, tooLittle = ''): FieldType<number | 'off'> {
  const time = duration(min, max, tooLittle);
  const expected = `a duration such as ${durationExamples}, or off`;
  return {
    ...time,
    words: 'duration or off',
    schema: { anyOf: [{ enum: ['off'] }, ...(time.schema['anyOf'] as object[])] },
    read: (tree: Tree, report: Report) => {
      if (tree.is === 'scalar' && tree.text === 'off') return 'off';
      if (tree.is !== 'scalar' || tree.value !== false) return time.read(tree, report);
      return wrong(tree, 'duration', expected, 'write off', report);
    },
  };
}

/** A share of one core: `95%`; four cores are `400%`. */
export function percent(min: string, max: string): FieldType<number> {
  return measure(min, max, {
    words: 'percentage',
    examples: '95% or 0.5%',
    pattern: '^\\d+(\\.\\d+)?%$',
    parse: (text) => (/^\d{1,9}(\.\d{1,9})?%$/.test(text) ? Number(text.slice(0, -1)) : null),
    units: 'one number and %',
    withUnit: (number) => `write ${number}%`,
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
      report(
        tree.place,
        value === null
          ? { ...unreadable(tree, kind), expected }
          : outOfRange(tree, range, value < least ? kind.tooLittle : ''),
      );
      return undefined;
    },
    written: plainOf,
  };
}

function outOfRange(tree: ScalarTree, range: string, hint = ''): Trouble {
  return { what: `${tree.text} is out of range`, expected: range, hint };
}

function unreadable(tree: ScalarTree, kind: Measure): Pick<Trouble, 'what' | 'hint'> {
  if (/^[\d.]+$/.test(tree.text)) return { what: `${tree.text} has no unit`, hint: kind.withUnit(tree.text) };
  return { what: `${describe(tree)} is not a ${kind.words}`, hint: `write ${kind.units}` };
}
