import type { Kind } from './field.ts';
import { readyProbes } from './fields/order.ts';
import { type ProcessValues, processTable } from './fields.ts';
import { topicOf } from './foreign-words.ts';
import type { Report } from './problem.ts';
import { closest } from './suggestion.ts';
import { type Entry, entryAt, isEmpty, type MapTree, type Tree } from './tree.ts';

/** A process whose defaults are merged in. */
interface Whole {
  readonly kind: Kind;
  /** All its fields. */
  readonly tree: MapTree;
  /** Those that are written in the process itself. */
  readonly nearest: MapTree;
  readonly values: ProcessValues;
}

/** What can be judged only when the fields of all levels are together. */
export function checkWhole(whole: Whole, report: Report): void {
  checkReady(whole, report);
  checkMatch(whole, report);
  checkOutput(whole, report);
}

function checkReady({ kind, tree, nearest }: Whole, report: Report): void {
  const ready = nearest.entries.get('ready');
  const isWritten = ready?.value.is === 'map' && ready.value.entries.size > 0;
  const hasProbe = readyProbes.some((path) => entryAt(tree, path) !== undefined);
  if (kind !== 'command' || !isWritten || hasProbe || hasUnknown(ready.value, 'ready')) return;
  const ways = readyProbes.map((path) => path.slice('ready.'.length)).join(', ');
  report(ready.key, { what: '`ready` does not say how that is seen', expected: `one of ${ways}`, hint: '' });
}

function checkMatch({ kind, tree }: Whole, report: Report): void {
  const match = tree.entries.get('match');
  if (kind !== 'match' || match === undefined || hasUnknown(match.value, 'match')) return;
  const ways = ['executable', 'arguments', 'pidFile'];
  const isMap = match.value.is === 'map' || isEmpty(match.value);
  if (!isMap || ways.some((way) => entryAt(match.value, way) !== undefined)) return;
  const expected = `at least one of ${ways.join(', ')}`;
  report(match.key, { what: '`match` would find every process', expected, hint: '' });
}

function checkOutput({ kind, tree, values }: Whole, report: Report): void {
  const file = entryAt(tree, 'output.file')?.value;
  if (kind !== 'command' || values.instances === 1 || file?.is !== 'scalar' || file.text.includes('%n')) return;
  report(file.place, {
    what: `${values.instances} instances would write into one file`,
    expected: '',
    hint: 'put %n, the number of the instance, into its name',
  });
}

/** A key that is not known was reported already, and is probably the one that is missing. */
function hasUnknown(tree: Tree, section: string): boolean {
  return tree.is === 'map' && [...tree.entries.keys()].some((key) => !Object.hasOwn(processTable, `${section}.${key}`));
}

/** Nothing says what this entry is, and no misspelt key does either. */
export function reportNoKind(entry: Entry, nearest: MapTree, report: Report): void {
  const isMisspelt = [...nearest.entries.keys()].some(
    (key) =>
      !Object.hasOwn(processTable, key) &&
      /^(command|match)\b/.test(closest(key, ['command', 'match']) ?? topicOf(key, processTable) ?? ''),
  );
  if (isMisspelt) return;
  report(
    { ...entry.key },
    {
      what: 'has neither `command` nor `match`',
      expected: 'one of them',
      hint: 'say what to start with `command`, or how to find a process that something else starts with `match`',
    },
  );
}
