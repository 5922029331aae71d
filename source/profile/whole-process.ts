import { hasUnknown } from './check.ts';
import { kinds } from './field.ts';
import { readyProbes } from './fields/order.ts';
import { processFields, processTable } from './fields.ts';
import { topicOf } from './foreign-words.ts';
import type { Report } from './problem.ts';
import { closest } from './suggestion.ts';
import { type Entry, entryAt, isEmpty, type MapTree } from './tree.ts';
import type { Whole } from './whole.ts';
import { checkStall } from './whole-stall.ts';

/** What can be judged only when the fields of all levels are together. */
export function checkWhole(whole: Whole, report: Report): void {
  checkReady(whole, report);
  checkMatch(whole, report);
  checkInstances(whole, report);
  checkOutput(whole, report);
  checkStall(whole, report);
}

function checkReady({ kind, tree, nearest }: Whole, report: Report): void {
  const ready = nearest.entries.get('ready');
  const isWritten = ready?.value.is === 'map' && ready.value.entries.size > 0;
  const hasProbe = readyProbes.some((path) => entryAt(tree, path) !== undefined);
  if (kind === 'match' || !isWritten || hasProbe || hasUnknown(ready.value, 'ready', processTable)) return;
  const ways = readyProbes
    .filter((path) => processTable[path]?.kinds.includes(kind))
    .map((path) => path.slice('ready.'.length))
    .join(', ');
  report(ready.key, { what: '`ready` does not say how that is seen', expected: `one of ${ways}`, hint: '' });
}

function checkMatch({ kind, tree }: Whole, report: Report): void {
  const match = tree.entries.get('match');
  if (kind !== 'match' || match === undefined || hasUnknown(match.value, 'match', processTable)) return;
  const ways = ['executable', 'arguments', 'pidFile'];
  const isMap = match.value.is === 'map' || isEmpty(match.value);
  if (!isMap || ways.some((way) => entryAt(match.value, way) !== undefined)) return;
  const expected = `at least one of ${ways.join(', ')}`;
  report(match.key, { what: '`match` would find every process', expected, hint: '' });
}

/** A range is judged as a whole: its parts may stand in different levels. */
function checkInstances({ kind, tree, values }: Whole, report: Report): void {
  const written = entryAt(tree, 'instances')?.value;
  if (kind === 'service' || written === undefined) return;
  processFields.instances.type.read(written, report);
  if (kind === 'match' || written.is !== 'map') return;
  report(written.place, {
    what: 'a map is not a number',
    expected: 'a whole number from 1 to 1000',
    hint: `write \`instances: ${Math.max(1, values.instances.min)}\`; only \`match\` entries have a range`,
  });
}

function checkOutput({ kind, tree, values }: Whole, report: Report): void {
  const file = entryAt(tree, 'output.file')?.value;
  if (kind !== 'command' || values.instances.min === 1 || file?.is !== 'scalar' || file.text.includes('%n')) return;
  report(file.place, {
    what: `${values.instances.min} instances would write into one file`,
    expected: '',
    hint: 'put %n, the number of the instance, into its name',
  });
}

/** Nothing says what this entry is, and no misspelt key does either. */
export function reportNoKind(entry: Entry, nearest: MapTree, report: Report): void {
  const isMisspelt = [...nearest.entries.keys()].some(
    (key) =>
      !Object.hasOwn(processTable, key) &&
      /^(command|match|service)\b/.test(closest(key, kinds) ?? topicOf(key, processTable) ?? ''),
  );
  if (isMisspelt) return;
  report(
    { ...entry.key },
    {
      what: 'has none of `command`, `match` and `service`',
      expected: 'one of them',
      hint: 'say what to start with `command`, how to find a process that something else starts with `match`, or which service of the system it is with `service`',
    },
  );
}
