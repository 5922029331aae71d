import type { GroupStatus, ProcessStatus } from '../../engine/status.ts';
import type { Model } from '../model.ts';
import { filterTest } from './filter.ts';
import type { Row } from './row.ts';
import { sorted } from './sorting.ts';

type Wanted = Pick<Model, 'status' | 'list'>;

let latest: { readonly status: Model['status']; readonly list: Model['list']; readonly rows: readonly Row[] } | null =
  null;

/** The whole list, top to bottom, as folding and filter leave it. */
export function rowsOf({ status, list }: Wanted): readonly Row[] {
  // Update and view ask for the same rows after each message; the model never changes in place, so identity is enough.
  if (latest?.status !== status || !isSameView(latest.list, list))
    latest = { status, list, rows: makeRows(status, list) };
  return latest.rows;
}

function isSameView(a: Model['list'], b: Model['list']): boolean {
  return a.filter === b.filter && a.folded === b.folded && a.opened === b.opened && a.sort === b.sort;
}

function makeRows(status: Model['status'], list: Model['list']): Row[] {
  const rows: Row[] = [];
  const folded = new Set(list.folded);
  const opened = new Set(list.opened);
  const isFiltered = list.filter.trim() !== '';
  const test = filterTest(list.filter);
  for (const group of sorted(status.groups, list.sort)) {
    const shown = isFiltered ? group.processes.filter((process) => test(group, process)) : group.processes;
    if (isFiltered && shown.length === 0) continue;
    // A filter looks into folded groups too: what it found must be seen.
    const isFolded = !isFiltered && folded.has(group.name);
    rows.push({ is: 'group', name: group.name, group, folded: isFolded });
    if (isFolded) continue;
    for (const process of shown) pushProcess(rows, group, process, opened);
  }
  return rows;
}

function pushProcess(rows: Row[], group: GroupStatus, process: ProcessStatus, opened: ReadonlySet<string>): void {
  const name = `${group.name}/${process.name}`;
  const hasSlots = process.slots.length > 1;
  const isOpen = hasSlots && opened.has(name);
  rows.push({ is: 'process', name, group, process, slots: hasSlots ? (isOpen ? 'shown' : 'hidden') : 'none' });
  if (!isOpen) return;
  for (const slot of process.slots) rows.push({ is: 'slot', name: `${name}#${slot.slot}`, group, process, slot });
}
