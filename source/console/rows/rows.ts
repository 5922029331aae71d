import type { GroupStatus, ProcessStatus } from '../../engine/status.ts';
import type { Model } from '../model.ts';
import { filterTest } from './filter.ts';
import type { Row } from './row.ts';
import { sorted } from './sorting.ts';

type Wanted = Pick<Model, 'status' | 'list'>;
type List = Model['list'];

interface View {
  readonly list: List;
  /** A group that has not changed keeps its identity, and its rows. */
  readonly ofGroup: WeakMap<GroupStatus, readonly Row[]>;
}

let view: View | null = null;
let latest: { readonly status: Model['status']; readonly view: View; readonly rows: readonly Row[] } | null = null;

/** The whole list, top to bottom, as folding and filter leave it. */
export function rowsOf({ status, list }: Wanted): readonly Row[] {
  // Update and view ask for the same rows after each message; the model never changes in place, so identity is enough.
  if (view === null || !isSameView(view.list, list)) view = { list, ofGroup: new WeakMap() };
  if (latest?.status !== status || latest.view !== view) latest = { status, view, rows: makeRows(status, view) };
  return latest.rows;
}

function isSameView(a: List, b: List): boolean {
  return (
    a.filter === b.filter &&
    a.folded === b.folded &&
    a.opened === b.opened &&
    a.sort === b.sort &&
    a.held?.groups === b.held?.groups
  );
}

function makeRows(status: Model['status'], { list, ofGroup }: View): Row[] {
  const wanted = wantedIn(list);
  return sorted(status.groups, list.sort, list.held?.groups).flatMap((group) => {
    const known = ofGroup.get(group);
    if (known !== undefined) return known;
    const rows = groupRows(group, wanted);
    ofGroup.set(group, rows);
    return rows;
  });
}

interface InView {
  readonly folded: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
  /** Null: nothing is left out. */
  readonly test: ReturnType<typeof filterTest> | null;
}

function wantedIn({ folded, opened, filter }: List): InView {
  return {
    folded: new Set(folded),
    opened: new Set(opened),
    test: filter.trim() === '' ? null : filterTest(filter),
  };
}

function groupRows(group: GroupStatus, { folded, opened, test }: InView): readonly Row[] {
  const shown = test === null ? group.processes : group.processes.filter((process) => test(group, process));
  if (test !== null && shown.length === 0) return [];
  // A filter looks into folded groups too: what it found must be seen.
  const isFolded = test === null && folded.has(group.name);
  const rows: Row[] = [{ is: 'group', name: group.name, group, folded: isFolded }];
  if (!isFolded) for (const process of shown) pushProcess(rows, group, process, opened);
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
