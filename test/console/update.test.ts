import { describe, expect, test } from 'vitest';
import { find } from '../../source/console/action/subject.ts';
import { type ActionName, actions } from '../../source/console/actions.ts';
import { type Binding, keymap, type ScreenName } from '../../source/console/keymap.ts';
import type { Message } from '../../source/console/message.ts';
import type { Model } from '../../source/console/model.ts';
import { rowsOf } from '../../source/console/rows/rows.ts';
import { update } from '../../source/console/update.ts';
import { incidents, outputSince } from './evidence.ts';
import { group, nowMs, parameters, process_, status } from './fixtures.ts';
import { openModel, told } from './session.ts';
import { live, stalledStatus } from './stalled.ts';

const start = openModel();

const pressing = (model: Model, ...all: readonly (string | Message)[]): Model => told(model, ...all).model;

const on = (name: string): Model =>
  pressing({ ...start, list: { ...start.list, cursor: name } }, { is: 'tick', nowMs });

const open: Readonly<Record<ScreenName, Model>> = {
  list: on('shop/api'),
  details: pressing(on('shop/api'), 'enter'),
  parameters: pressing(on('shop/api'), 'e', { is: 'parameters', target: 'shop/api', parameters }),
  timeline: pressing(on('shop/api'), 't'),
  output: pressing(on('shop/api'), 'l', {
    is: 'output-since',
    target: 'shop/api',
    output: outputSince('shop/api', {}),
  }),
  stalls: pressing(on('shop/api'), { is: 'changed', whole: true, ...stalledStatus() }, 'S', {
    is: 'threads',
    target: 'shop/api',
    looks: live('shop/api'),
  }),
  evidence: pressing(on('shop/api'), 'E', { is: 'incidents', target: 'shop/api', incidents: incidents('shop/api') }),
};

describe('every key of every screen', () => {
  const table = (Object.keys(keymap) as ScreenName[]).flatMap((screen) =>
    (keymap[screen] as readonly Binding[]).flatMap(({ action, keys }) =>
      keys.map((key) => [screen, key, action] as const),
    ),
  );

  test.each(table)('on %s, %s is %s: it does something, or says why it cannot', (screen, key, action) => {
    const before = open[screen];
    const { model, commands } = update(before, { is: 'key', key });
    const obstacle = actions[action].obstacle(before);
    if (obstacle !== null) expect(model.bottomLine).toEqual({ kind: 'reason', text: obstacle });
    else if (!isMovingAtTheEdge(action, before)) expect(commands.length > 0 || model !== before).toBe(true);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test.each(Object.keys(keymap) as ScreenName[])('on %s no key stands twice', (screen) => {
    const keys = (keymap[screen] as readonly Binding[]).flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(Object.keys(keymap) as ScreenName[])('on %s a key of no action says where help is', (screen) => {
    expect(pressing(open[screen], 'X').bottomLine?.text).toBe('X does nothing here; ? shows every key.');
  });
});

function isMovingAtTheEdge(action: ActionName, { screen }: Model): boolean {
  return screen.is !== 'list' && ['up', 'page-up', 'first'].includes(action);
}

describe('the cursor', () => {
  test('stays on its row when rows above it come and go', () => {
    const without = { ...status, groups: status.groups.filter((one) => one.name !== 'shop') };
    const moved = pressing(on('mail/smtp'), { is: 'changed', whole: true, ...without });
    expect(rowsOf(moved)[moved.list.index]?.name).toBe('mail/smtp');
  });

  test('stays in its place when its row is gone', () => {
    const shop = group('shop', [process_('database', 'running'), process_('worker', 'running')]);
    const moved = pressing(on('shop/api'), { is: 'changed', whole: true, engine: status.engine, groups: [shop] });
    expect(moved.list.cursor).toBe('shop/worker');
  });

  test('is on no row when there is none, and nothing breaks', () => {
    const empty = pressing(start, { is: 'changed', whole: true, engine: status.engine, groups: [] });
    expect(pressing(empty, 'down', 'p', 'r', 's', 'enter', ' ', 'left').bottomLine).toBeNull();
    expect(pressing(empty, 'p').bottomLine?.text).toBe('Nothing is chosen.');
  });

  test('goes to the group when its member is folded away', () => {
    expect(pressing(on('shop/api'), 'left').list).toMatchObject({ cursor: 'shop', folded: ['shop'] });
  });
});

describe('a request', () => {
  const restarted = pressing(on('shop/api'), 'r', 'y');

  test('marks its row until the status shows its effect', () => {
    expect(restarted.pending).toEqual({ 'shop/api': { verb: 'restart', sinceMs: nowMs } });
    const shop = status.groups[0];
    const api = find({ status }, 'shop/api');
    if (shop === undefined || api?.is !== 'process') throw new Error('the fixture has lost shop/api');
    const tell = (process: typeof api.process): Model =>
      pressing(restarted, {
        is: 'changed',
        whole: false,
        engine: status.engine,
        groups: [{ ...shop, processes: [process] }],
      });
    expect(tell({ ...api.process, cpuPercent: 12 }).pending).toEqual(restarted.pending);
    expect(tell({ ...api.process, state: 'stopping' }).pending).toEqual({});
  });

  test('that is refused loses its mark and shows the reason', () => {
    const request = { verb: 'restart', target: 'shop/api' } as const;
    const refused = pressing(restarted, { is: 'answered', request, answer: { ok: false, problem: 'viewers may not' } });
    expect(refused.pending).toEqual({});
    expect(refused.bottomLine).toEqual({ kind: 'problem', text: 'viewers may not' });
  });

  test('of which nothing has come after ten seconds is given up, and said so', () => {
    const late = pressing(restarted, { is: 'tick', nowMs: nowMs + 11_000 });
    expect(late.pending).toEqual({});
    expect(late.bottomLine?.text).toBe('shop/api: nothing has come of "restart" yet.');
  });

  test('for a slot names the slot where it can, and the process where it must', () => {
    const slot = on('shop/worker');
    const onSlot = pressing(slot, 'right', 'down');
    expect(update(onSlot, { is: 'key', key: 'r' }).commands).toEqual([
      { is: 'act', request: { verb: 'restart', target: 'shop/worker#1' } },
    ]);
    expect(pressing(onSlot, 's').dialog).toMatchObject({ targets: ['shop/worker'] });
  });
});

describe('text', () => {
  test('pasted into a field is one line, without anything that moves the cursor', () => {
    const pasted = pressing(start, 'p', { is: 'paste', text: 'line one\r\n\u001b[31mline two\u0007' });
    expect(pasted.dialog).toMatchObject({ why: 'line one line two' });
  });

  test('of 100 KB is cut, not refused', () => {
    const pasted = pressing(start, '/', { is: 'paste', text: 'x'.repeat(100_000) });
    expect(pasted.list.filter).toHaveLength(500);
  });

  test('pasted where there is no field is dropped: its letters are no keys', () => {
    expect(pressing(start, { is: 'paste', text: 'ssyyrr' })).toEqual(start);
  });
});

test('a screen about a process that a reload took away gives way to the list', () => {
  const gone = pressing(open.parameters, { is: 'changed', whole: true, engine: status.engine, groups: [] });
  expect(gone.screen.is).toBe('list');
  expect(gone.bottomLine?.text).toBe('shop/api is not in the profile any more.');
});

test('on a terminal that is too small nothing but leaving is possible', () => {
  const small = pressing(start, { is: 'resized', size: { columns: 50, rows: 10 } });
  expect(pressing(small, 's', 'y', 'P').dialog).toBeNull();
  expect(update(small, { is: 'key', key: 'q' }).commands).toEqual([{ is: 'leave', how: 'detached' }]);
});
