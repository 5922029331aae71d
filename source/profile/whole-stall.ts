import { hasUnknown } from './check.ts';
import { stallProbes } from './fields/stalls.ts';
import { processTable } from './fields.ts';
import { quoted, type Report } from './problem.ts';
import { entryAt, type MapTree } from './tree.ts';
import type { Whole } from './whole.ts';

/** What must hold of all stall fields together. Parts that `defaults` alone hold prepare a rule and ask for nothing. */
export function checkStall(whole: Whole, report: Report): void {
  checkPartners(whole, report);
  checkProbe(whole, report);
  checkForeignOutput(whole, report);
  checkSharedFiles(whole, report);
}

/** What does nothing without what, and how to say that. */
const partners = [
  {
    field: 'stall.heartbeatFile',
    needs: 'stall.heartbeat',
    hint: 'say how long it may stay unchanged, such as `heartbeat: 30s`',
  },
  {
    field: 'stall.outputFile',
    needs: 'stall.output',
    hint: 'say how long it may stay unchanged, such as `output: 5m`',
  },
  { field: 'stall.spinning.above', needs: 'stall.spinning.for', hint: 'say how long it may be so, such as `for: 5m`' },
] as const;

function checkPartners({ tree, nearest }: Whole, report: Report): void {
  for (const { field, needs, hint } of partners) {
    const entry = entryAt(nearest, field);
    if (entry === undefined || entryAt(tree, needs) !== undefined) continue;
    if (hasUnknownBeside(nearest, needs)) continue;
    const what = `${quoted(lastOf(field))} has no effect without ${quoted(lastOf(needs))}`;
    report(entry.key, { what, expected: '', hint });
  }
}

function checkProbe({ tree, nearest }: Whole, report: Report): void {
  const probe = entryAt(nearest, 'stall.probe');
  const isWritten = probe?.value.is === 'map' && probe.value.entries.size > 0;
  const hasKind = stallProbes.some((path) => entryAt(tree, path) !== undefined);
  if (!isWritten || hasKind || isOff(nearest, 'stall.probe.interval')) return;
  if (hasUnknown(probe.value, 'stall.probe', processTable)) return;
  const expected = `one of ${stallProbes.map(lastOf).join(', ')}`;
  report(probe.key, { what: '`probe` does not say what is asked', expected, hint: '' });
}

/** Whatever starts the process knows where its output goes; procsaver does not. */
function checkForeignOutput({ kind, tree, nearest }: Whole, report: Report): void {
  const entry = entryAt(nearest, 'stall.output');
  if (kind === 'command' || entry === undefined || isOff(nearest, 'stall.output')) return;
  if (entryAt(tree, 'stall.outputFile') !== undefined || hasUnknownBeside(nearest, 'stall.outputFile')) return;
  report(entry.key, {
    what: `where a ${quoted(kind)} entry writes its output is not known`,
    expected: '`outputFile` beside it',
    hint: 'name the log that it writes',
  });
}

/** As long as one of them writes, the others could hang unseen. */
function checkSharedFiles({ kind, tree, values }: Whole, report: Report): void {
  const count = kind === 'service' ? 1 : kind === 'command' ? values.instances.min : values.instances.max;
  if (count === 1) return;
  for (const field of ['stall.heartbeatFile', 'stall.outputFile']) {
    const file = entryAt(tree, field)?.value;
    if (file?.is !== 'scalar' || file.text === '' || file.text.includes('%n')) continue;
    report(file.place, {
      what: 'one file cannot tell which of several instances hangs',
      expected: '',
      hint: 'put %n, the number of the instance, into its name',
    });
  }
}

function isOff(tree: MapTree, path: string): boolean {
  const value = entryAt(tree, path)?.value;
  return value?.is === 'scalar' && value.text === 'off';
}

/** A key that is not known was reported already, and is probably the one that is missing. */
function hasUnknownBeside(tree: MapTree, path: string): boolean {
  const section = path.slice(0, path.lastIndexOf('.'));
  const map = entryAt(tree, section)?.value;
  return map !== undefined && hasUnknown(map, section, processTable);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
