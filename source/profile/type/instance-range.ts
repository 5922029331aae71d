import type { FieldType } from '../field.ts';
import { quoted, type Report } from '../problem.ts';
import type { InstanceRange } from '../profile.ts';
import { didYouMean } from '../suggestion.ts';
import { entryAt, type MapTree, plainOf } from '../tree.ts';
import { duration } from './measure.ts';
import { number } from './scalar.ts';

const most = 1000;
const exact = number({ min: 1, max: most, whole: true });
const parts = {
  min: number({ min: 0, max: most, whole: true }),
  max: number({ min: 1, max: most, whole: true }),
  for: duration('0s', '24h'),
} as const;

/** A number means exactly so many; `{ min: 3 }` three or more; `{ max: 5 }` one to five; `{ for: 10s }` alone changes no number. */
export function instanceRange(): FieldType<InstanceRange> {
  return {
    words: 'number or { min, max, for }',
    range: `1 to ${most}; min 0 to ${most}; for 0s to 24h`,
    schema: { anyOf: [...(exact.schema['anyOf'] as object[]), mapSchema()] },
    read: (tree, report) => {
      if (tree.is === 'map') return readMap(tree, report);
      const count = exact.read(tree, report);
      return count === undefined ? undefined : { min: count, max: count, forMs: 0 };
    },
    written: plainOf,
  };
}

function readMap(map: MapTree, report: Report): InstanceRange | undefined {
  let isSound = true;
  for (const [key, entry] of map.entries) {
    if (Object.hasOwn(parts, key)) continue;
    isSound = false;
    const keys = Object.keys(parts);
    const hint = didYouMean(key, keys) || `known here: ${keys.join(', ')}`;
    report(entry.key, { what: `unknown key ${quoted(key)}`, expected: '', hint });
  }
  const min = readPart(map, 'min', report, 1);
  const max = readPart(map, 'max', report, map.entries.has('min') ? most : 1);
  const forMs = readPart(map, 'for', report, 0);
  if (min === undefined || max === undefined || forMs === undefined || !isSound) return undefined;
  if (max >= min) return { min, max, forMs };
  const { place } = entryAt(map, 'max')?.value ?? map;
  report(place, {
    what: `${max} is less than min, ${min}`,
    expected: `a whole number from ${min} to ${most}`,
    hint: '',
  });
  return undefined;
}

function readPart(map: MapTree, part: keyof typeof parts, report: Report, absent: number): number | undefined {
  const written = map.entries.get(part)?.value;
  return written === undefined ? absent : parts[part].read(written, report);
}

function mapSchema() {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      min: { description: `Fewer are a shortage. Range: ${parts.min.range}.`, ...parts.min.schema },
      max: { description: `More are a surplus. Range: ${parts.max.range}.`, ...parts.max.schema },
      for: {
        description: `How long a shortage or a surplus lasts before it is said and acted on. Range: ${parts.for.range}.`,
        default: '0s',
        ...parts.for.schema,
      },
    },
  };
}
