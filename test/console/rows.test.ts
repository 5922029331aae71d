import { expect, test } from 'vitest';
import { blastRadius } from '../../source/console/action/stop-order.ts';
import { columnsFor, MARGIN } from '../../source/console/columns.ts';
import { rowsOf } from '../../source/console/rows/rows.ts';
import { status } from './fixtures.ts';
import { openModel } from './session.ts';

const { list } = openModel({ size: { columns: 80, rows: 24 }, notices: [] });

test.each([
  ['', 18],
  ['shop', 4],
  ['api', 2],
  ['!up', 6],
  ['down !stopped', 5],
  ['paused smtp', 2],
  ['changed', 2],
  ['nothing-like-it', 0],
])('the filter "%s" leaves %i rows', (filter, count) => {
  expect(rowsOf({ status, list: { ...list, filter } })).toHaveLength(count);
});

test('a filter looks into folded groups', () => {
  const names = rowsOf({ status, list: { ...list, folded: ['shop'], filter: 'api' } }).map((row) => row.name);
  expect(names).toEqual(['shop', 'shop/api']);
});

test('who depends on another stops before it; who depends from outside is named', () => {
  expect(blastRadius({ status }, ['shop']).order).toEqual(['shop/worker', 'shop/api', 'shop/database']);
  const dependants = [{ name: 'shop/api', fate: 'runs-on' }];
  expect(blastRadius({ status }, ['shop/database'])).toEqual({ order: ['shop/database'], dependants });
});

test('state and restarts are shown at every width, and every row fits', () => {
  for (let width = 60; width <= 200; width++) {
    const columns = columnsFor(width);
    const names = columns.map(({ name }) => name);
    expect(names).toContain('state');
    expect(names).toContain('restarts');
    expect(columns.reduce((sum, column) => sum + column.gap + column.width, MARGIN)).toBeLessThanOrEqual(width);
  }
});
