import { describe, expect, test } from 'vitest';
import { columnsFor } from '../../source/console/columns.ts';
import type { Model } from '../../source/console/model.ts';
import { rowsOf } from '../../source/console/rows/rows.ts';
import { SORTS } from '../../source/console/rows/sorting.ts';
import { update } from '../../source/console/update.ts';
import { bar } from '../../source/console/view/bar.ts';
import { header } from '../../source/console/view/header.ts';
import { list } from '../../source/console/view/list.ts';
import { panel } from '../../source/console/view/panel.ts';
import { group, process_, status } from './fixtures.ts';
import { openModel, told } from './session.ts';
import { stalledStatus } from './stalled.ts';

const start = openModel({ size: { columns: 120, rows: 40 } });

const names = (model: Model): readonly string[] => rowsOf(model).map(({ name }) => name);
const entering = (line: string, model = start) => told(model, ':', ...line, 'enter');
const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');

describe('sorting', () => {
  test('groups, and the members of each, by what needs a person most', () => {
    const shown = names(entering('sort state').model);
    expect(shown.slice(0, 3)).toEqual(['batch', 'batch/nightly', 'batch/import']);
    expect(shown[3]).toBe('system');
    expect(shown[4]).toBe('system/gateway');
  });

  test.each([
    ['cpu', 'shop', 'shop/worker'],
    ['memory', 'shop', 'shop/worker'],
    ['restarts', 'batch', 'batch/nightly'],
    ['up', 'shop', 'shop/worker'],
  ])('by %s: %s first, in it %s', (by, group, process) => {
    expect(names(entering(`sort ${by}`).model).slice(0, 2)).toEqual([group, process]);
  });

  test('the stall timer nearest to its limit first', () => {
    const stalled = update(start, { is: 'changed', whole: true, ...stalledStatus() }).model;
    const shown = names(entering('sort stall', stalled).model);
    expect(shown.slice(0, 2)).toEqual(['shop', 'shop/api']);
    // In the profile the worker, whose heartbeat is due, stands behind what has no timer.
    expect(shown.indexOf('shop/worker')).toBeLessThan(shown.indexOf('mail'));
  });

  test('as the profile has them, or by name; each can be turned around', () => {
    const groups = (line: string) => names(entering(line).model).filter((name) => !name.includes('/'));
    expect(names(entering('sort profile').model)).toEqual(names(start));
    expect(groups('sort profile reverse')).toEqual(['system', 'mail', 'batch', 'shop']);
    expect(groups('sort name')).toEqual(['batch', 'mail', 'shop', 'system']);
    expect(groups('sort name reverse')).toEqual(['system', 'shop', 'mail', 'batch']);
  });

  test('the cursor stays on its row', () => {
    const on = told(start, 'down', 'down').model;
    expect(on.list.cursor).toBe('shop/api');
    const after = entering('sort state', on).model;
    expect(rowsOf(after)[after.list.index]?.name).toBe('shop/api');
  });

  test('o: the list follows each key, Enter remembers, Esc brings back what was', () => {
    const chosen = told(start, 'o', 'right', 'right', ' ').model;
    expect(chosen.list.sort).toEqual({ by: 'state', isReversed: true });
    const { model, commands } = told(chosen, 'enter');
    expect(commands).toEqual([{ is: 'remember', change: { sort: { by: 'state', isReversed: true } } }]);
    expect(model.bottomLine?.text).toBe(':sort state reverse  (remembered)');
    const left = told(chosen, 'escape');
    expect(left.model.list.sort).toEqual({ by: 'profile', isReversed: false });
    expect(left.commands).toEqual([]);
    expect(told(start, 'o', ...SORTS.map(() => 'o')).model.list.sort.by).toBe('profile');
  });

  test('the header says by what', () => {
    expect(text(header(entering('sort cpu').model))).toContain('by cpu');
    expect(text(header(start))).not.toContain('by ');
  });
});

describe('columns', () => {
  test('are left out and shown again, and remembered', () => {
    const { model, commands } = entering('columns -pid -memory');
    expect(commands).toEqual([{ is: 'remember', change: { hidden: ['pid', 'memory'] } }]);
    const shown = columnsFor(120, model.list.hidden).map(({ name }) => name);
    expect(shown).toEqual(['name', 'state', 'up', 'restarts', 'note', 'cpu']);
    expect(entering('columns +pid', model).model.list.hidden).toEqual(['memory']);
  });

  test('what is left out makes room for what a narrow terminal had none for', () => {
    expect(columnsFor(70).map(({ name }) => name)).not.toContain('cpu');
    expect(columnsFor(70, ['pid']).map(({ name }) => name)).toContain('cpu');
  });

  test.each([60, 80, 100, 150])('fill %i columns, whatever is left out', (width) => {
    for (const hidden of [[], ['pid'], ['note', 'cpu'], ['pid', 'up', 'restarts', 'note', 'cpu', 'memory']] as const) {
      const used = columnsFor(width, hidden).reduce((sum, column) => sum + column.gap + column.width, 4);
      expect(used).toBeLessThanOrEqual(width);
    }
  });

  test('O: Space turns one on and off, Enter remembers, Esc brings back what was', () => {
    const off = told(start, 'O', ' ', 'right', 'right', ' ').model;
    expect(off.list.hidden).toEqual(['pid', 'restarts']);
    expect(told(off, 'enter').commands).toEqual([{ is: 'remember', change: { hidden: ['pid', 'restarts'] } }]);
    expect(told(off, 'escape').model.list.hidden).toEqual([]);
  });

  test('a wrong name is explained', () => {
    const { dialog } = entering('columns -memry').model;
    expect(dialog).toMatchObject({ is: 'prompt', problem: expect.stringContaining('Did you mean -memory?') });
  });
});

describe('the filter', () => {
  const filtered = (filter: string): readonly string[] =>
    names(told(start, '/', ...filter).model).filter((name) => name.includes('/'));

  test.each([
    ['nightly', ['batch/nightly']],
    ['!up', ['batch/nightly', 'batch/import', 'system/gateway', 'system/backup']],
    ['bad', ['batch/nightly', 'system/gateway']],
    ['gave-up', ['batch/nightly']],
    ['fatal', ['batch/nightly']],
    ['/^s.*(api|ntp)$/', ['shop/api', 'system/ntp']],
    ['/API/', ['shop/api']],
    ['!/mail|shop/ !up', ['batch/nightly', 'batch/import', 'system/gateway', 'system/backup']],
    [String.raw`/^\w+.n\S+$/`, ['batch/nightly', 'system/ntp']],
    ['paused q', ['mail/queue']],
  ])('%s', (filter, found) => expect(filtered(filter)).toEqual(found));

  test('a regular expression that is none says so and finds nothing', () => {
    const { model } = told(start, '/', ...'/api(/');
    expect(names(model)).toEqual([]);
    expect(text(bar(model))).toContain('/api(/ is no regular expression');
  });

  test('!up leaves out what has ended as it may', () => {
    const job = process_('job', 'exited', { lastExit: { code: 0 } });
    const ended = told(start, { is: 'changed', whole: true, engine: status.engine, groups: [group('jobs', [job])] });
    expect(names(told(ended.model, '/', ...'!up').model)).toEqual([]);
    expect(names(told(ended.model, '/', ...'!running').model)).toEqual(['jobs', 'jobs/job']);
  });

  test('a regular expression that is not finished says so', () => {
    const { model } = told(start, '/', ...'/(');
    expect(text(bar(model))).toContain('/(: a second / ends the expression');
    expect(list(told(model, 'enter').model, 10).map(text).join(' ')).toContain('a second / ends the expression');
    // Part of a name may begin with the stroke, too.
    expect(text(bar(told(start, '/', ...'/api').model))).not.toContain('second');
  });

  test('a state that there is not names those that there are', () => {
    const lines = panel(told(start, '/', ...'!runing').model, 5)
      .map(text)
      .join(' ');
    expect(lines).toContain('No state and no name has "runing" in it. States: up bad down');
    expect(panel(told(start, '/', ...'!run').model, 5)).toEqual([]);
  });

  test('stands in the header, also where it is narrow', () => {
    for (const columns of [60, 80, 120]) {
      const sized = { ...start, size: { columns, rows: 24 } };
      expect(text(header(told(sized, '/', ...'!up', 'enter').model))).toContain('filter !up');
    }
  });
});
