import { expect, test } from 'vitest';
import { publicState } from '../../source/engine/phase.ts';
import { columns } from './event-columns.ts';
import { outcomeOf, rowOf } from './outcome.ts';
import { type Row, rows } from './phase-rows.ts';
import { table } from './phase-table.ts';

const names = Object.keys(rows) as Row[];

function eventsOf(listed: string): string[] {
  return listed.trim().split(/,\s+/);
}

test('every phase has its row', () => {
  const phases = new Set(names.map((row) => (row.startsWith('waiting') ? 'waiting' : row)));
  expect([...phases].toSorted()).toEqual(Object.keys(publicState).toSorted());
});

test.each(names)('no cell of %s is undecided, and none is decided twice', (row) => {
  expect(Object.values(table[row]).flatMap(eventsOf).toSorted()).toEqual(columns.toSorted());
});

test.each(names)('a slot is brought to %s by what really happens', (row) => {
  const { engine, slot } = rows[row]();
  expect(rowOf(engine.slot(slot))).toBe(row);
});

const cells = names.flatMap((row) =>
  Object.entries(table[row]).flatMap(([outcome, events]) => eventsOf(events).map((event) => ({ row, event, outcome }))),
);

test.each(cells)('$row x $event: $outcome', ({ row, event, outcome }) => {
  expect(outcomeOf(rows[row](), event)).toBe(outcome);
});
