import type { FieldType } from '../field.ts';
import { quoted, type Report } from '../problem.ts';
import type { Escalation } from '../profile.ts';
import { didYouMean } from '../suggestion.ts';
import { describe, isEmpty, type MapTree, plainOf, type Tree } from '../tree.ts';
import { command } from './command.ts';
import { reference, text } from './scalar.ts';

const words = ['continue', 'exit', 'failover', 'reboot'] as const;
const expected = `${words.join(', ')}, { run: [...] } or { plugin: name }`;

/** What to do when a process gave up: a word, or a map with what runs or which plugin is asked. */
export function escalation(): FieldType<Escalation> {
  const run = command();
  const plugin = text();
  return {
    words: `one of ${words.join(', ')}, or { run: command } or { plugin: name }`,
    range: '',
    schema: {
      anyOf: [{ enum: words }, alternative('run', run.schema), alternative('plugin', plugin.schema), reference],
    },
    read: (tree, report) => {
      if (tree.is !== 'map') return readWord(tree, report);
      const key = soleKey(tree, report);
      const value = key === null ? undefined : tree.entries.get(key)?.value;
      if (value === undefined) return undefined;
      if (key === 'run') {
        const program = run.read(value, report);
        return program === undefined ? undefined : { do: 'run', command: program };
      }
      const name = plugin.read(value, report);
      return name === undefined ? undefined : { do: 'plugin', name };
    },
    written: plainOf,
  };
}

function readWord(tree: Tree, report: Report): Escalation | undefined {
  const found = words.find((word) => tree.is === 'scalar' && tree.text === word);
  if (found !== undefined) return { do: found };
  const known = tree.is === 'scalar' && (tree.text === 'run' || tree.text === 'plugin');
  report(tree.place, {
    what: isEmpty(tree) ? 'has no value' : known ? `${quoted(tree.text)} does not say what` : unknown(tree),
    expected,
    hint: tree.is !== 'scalar' || isEmpty(tree) || known ? '' : didYouMean(tree.text, words),
  });
  return undefined;
}

/** `run` or `plugin`, after everything else in the map was reported. */
function soleKey(map: MapTree, report: Report): 'run' | 'plugin' | null {
  const keys = [...map.entries.keys()];
  const known = keys.filter((key) => key === 'run' || key === 'plugin');
  for (const key of keys) {
    const place = map.entries.get(key)?.key ?? map.place;
    if (known.length === 2 && key === known[1]) {
      const what = `${quoted(key)} stands beside ${quoted(known[0] as string)}`;
      report(place, { what, expected: 'one of run, plugin', hint: '' });
    } else if (key !== 'run' && key !== 'plugin') {
      const hint = didYouMean(key, ['run', 'plugin']) || 'known here: run, plugin';
      report(place, { what: `unknown key ${quoted(key)}`, expected: '', hint });
    }
  }
  if (keys.length === 0) report(map.place, { what: 'is an empty map', expected, hint: '' });
  return keys.length === 1 ? (known[0] ?? null) : null;
}

function unknown(tree: Tree): string {
  return `${describe(tree)} is not known here`;
}

function alternative(key: string, schema: object) {
  return { type: 'object', additionalProperties: false, required: [key], properties: { [key]: schema } };
}
