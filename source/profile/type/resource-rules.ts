import type { FieldType } from '../field.ts';
import { type Place, quoted, type Report } from '../problem.ts';
import type { Metric, ResourceRule } from '../profile.ts';
import { didYouMean } from '../suggestion.ts';
import type { MapTree, Tree } from '../tree.ts';
import { plainOf } from '../tree.ts';
import { listOf } from './collection.ts';
import { duration, percent, size } from './measure.ts';
import { choice, number, reference, wrong } from './scalar.ts';

/** Sampling costs; shorter than this nothing is measured. */
export const sampled = 'it is sampled at most once a second';

const count = number({ min: 0, max: 1_000_000, whole: true });
/** How the bound of each metric is written. */
const bounds: Readonly<Record<Metric, FieldType<number>>> = {
  cpu: percent('0%', '6400%'),
  memory: size('1B', '1024T'),
  threads: count,
  descriptors: count,
};
const metric = choice('cpu', 'memory', 'threads', 'descriptors');
const lasting = duration('1s', '30d', sampled);
const consequence = choice('alert', 'dump', 'restart');
const keys = ['metric', 'above', 'below', 'for', 'then'] as const;
type Key = (typeof keys)[number];

/** What others call the same thing. */
const foreign: Readonly<Record<string, Metric>> = {
  rss: 'memory',
  mem: 'memory',
  fds: 'descriptors',
  files: 'descriptors',
};

/** Bounds that may be broken for a while: `[{ metric: memory, above: 512M, for: 1m, then: restart }]`. */
export function resourceRules(): FieldType<readonly ResourceRule[]> {
  const list = listOf(rule(), 'list of rules');
  return {
    ...list,
    read: (tree, report) => {
      const rules = list.read(tree, report);
      const items = tree.is === 'list' ? tree.items : [tree];
      return rules === undefined || hasTwins(rules, items, report) ? undefined : rules;
    },
  };
}

function rule(): FieldType<ResourceRule> {
  const expected = 'a rule such as { metric: memory, above: 512M, for: 1m, then: restart }';
  return {
    words: 'rule',
    range: '',
    schema: ruleSchema(),
    read: (tree, report) => (tree.is === 'map' ? readRule(tree, report) : wrong(tree, 'rule', expected, '', report)),
    written: plainOf,
  };
}

function readRule(map: MapTree, report: Report): ResourceRule | undefined {
  const isSound = checkKeys(map, report);
  // A key that is not known is probably the one that is missing.
  const missing = isSound ? reportMissing(map.place, report) : () => undefined;
  const read = <Value>(key: Key, type: FieldType<Value>): Value | undefined => {
    const written = valueAt(map, key);
    return written === undefined ? undefined : type.read(written, report);
  };
  const measured = valueAt(map, 'metric') === undefined ? missing(...lacks.metric) : readMetric(map, report);
  const bound = soleBound(map, report, missing);
  const value = measured === undefined || bound === undefined ? undefined : read(bound, bounds[measured]);
  const forMs = valueAt(map, 'for') === undefined ? missing(...lacks.for) : read('for', lasting);
  const then = valueAt(map, 'then') === undefined ? 'alert' : read('then', consequence);
  if (!isSound || measured === undefined || bound === undefined) return undefined;
  if (value === undefined || forMs === undefined || then === undefined) return undefined;
  return { metric: measured, bound, value, forMs, then };
}

const lacks = {
  metric: ['names no `metric`', `\`metric\`, ${metric.words}`, ''],
  bound: ['has no bound', '`above` or `below`', ''],
  for: ['does not say how long', '`for`, a duration such as 30s or 5m', 'a moment is no reason to act'],
} as const;

type Missing = (what: string, expected: string, hint: string) => undefined;

/** Each thing that is missing is a problem of its own, although all stand at the same place. */
function reportMissing(place: Place, report: Report): Missing {
  return (what, expected, hint) => void report({ ...place }, { what, expected, hint });
}

function readMetric(map: MapTree, report: Report): Metric | undefined {
  const written = valueAt(map, 'metric') as Tree;
  const meant = written.is === 'scalar' && Object.hasOwn(foreign, written.text) ? foreign[written.text] : undefined;
  if (meant === undefined) return metric.read(written, report);
  const what = `${JSON.stringify(written.is === 'scalar' ? written.text : '')} is not known here`;
  report(written.place, { what, expected: metric.words, hint: `did you mean ${quoted(meant)}?` });
  return undefined;
}

function soleBound(map: MapTree, report: Report, missing: Missing): 'above' | 'below' | undefined {
  const [first, second] = (['above', 'below'] as const)
    .flatMap((key) => {
      const entry = map.entries.get(key);
      return entry === undefined ? [] : [{ key, place: entry.key }];
    })
    .toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  if (first === undefined) return missing(...lacks.bound);
  if (second === undefined) return first.key;
  const what = `${quoted(second.key)} stands beside ${quoted(first.key)}`;
  report(second.place, { what, expected: 'one of above, below', hint: 'make two rules of it' });
  return undefined;
}

function checkKeys(map: MapTree, report: Report): boolean {
  const unknown = [...map.entries].filter(([key]) => !(keys as readonly string[]).includes(key));
  for (const [key, entry] of unknown) {
    const hint = didYouMean(key, keys) || `known here: ${keys.join(', ')}`;
    report(entry.key, { what: `unknown key ${quoted(key)}`, expected: '', hint });
  }
  return unknown.length === 0;
}

/** A rule that says what an earlier one says, whatever follows from it. */
function hasTwins(rules: readonly ResourceRule[], items: readonly Tree[], report: Report): boolean {
  const seen = new Set<string>();
  let found = false;
  rules.forEach(({ metric, bound, value, forMs }, index) => {
    const key = `${metric} ${bound} ${value} ${forMs}`;
    const place = items[index]?.place;
    if (seen.has(key) && place !== undefined) {
      found = true;
      report(place, { what: 'says what an earlier rule says', expected: '', hint: 'take one of them out' });
    }
    seen.add(key);
  });
  return found;
}

function valueAt(map: MapTree, key: Key): Tree | undefined {
  return map.entries.get(key)?.value;
}

function ruleSchema() {
  const bound = {
    anyOf: [
      { type: 'string', pattern: '^(\\d+(\\.\\d+)?%|\\d+[BKMGT])$' },
      { type: 'integer', minimum: 0, maximum: 1_000_000 },
      reference,
    ],
  };
  const units = 'cpu in percent of one core (90%), memory as a size (512M), threads and descriptors as a number.';
  return {
    type: 'object',
    additionalProperties: false,
    required: ['metric', 'for'],
    properties: {
      metric: {
        description: 'What is measured; of cpu and memory that of all that it started with it.',
        ...metric.schema,
      },
      above: { description: `Broken while the value is above this: ${units}`, ...bound },
      below: { description: `Broken while the value is below this: ${units}`, ...bound },
      for: { description: `Broken for this long it counts. Range: ${lasting.range}.`, ...lasting.schema },
      // biome-ignore lint/suspicious/noThenProperty: the profile's word; nobody awaits a schema.
      then: {
        description: '`alert` says it; `dump` takes evidence as well; `restart` does both and restarts.',
        default: 'alert',
        ...consequence.schema,
      },
    },
    oneOf: ['above', 'below'].map((key) => ({ type: 'object', properties: { [key]: {} }, required: [key] })),
  };
}
