import { expect, test } from 'vitest';
import { nowMs } from '../console/fixtures.ts';
import { sitDown } from './operator.ts';

test('I stop a group: it asks once, with the order and who depends on it, and only y does it', async () => {
  const me = await sitDown();
  await me.press(['s'], 'Stop shop?');
  expect(me.terminal.frame()).toContain('3 processes stop, in this order:');
  expect(me.terminal.frame()).toContain('shop/worker ×4 → shop/api → shop/database');
  await me.press(['Enter', 'n'], 'GROUP / PROCESS');
  expect(me.engine.calls).toHaveLength(1);

  await me.press(['s', 'y'], /api +○ stopped/);
  expect(me.engine.calls.at(-1)?.parameters).toEqual({ verb: 'stop', target: 'shop' });
  await me.press(['Down', 's'], /database +● running/);
  expect(me.engine.calls.at(-1)?.parameters).toEqual({ verb: 'start', target: 'shop/database' });
});

test('I restart one process at once, and several that I marked after asking', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'Down', 'r'], '$ procsaver restart shop/worker');
  expect(me.engine.calls.at(-1)?.parameters).toEqual({ verb: 'restart', target: 'shop/worker' });
  await me.press(['Up', 'Up', 'Space', 'Space', 'r'], 'Restart shop/database, shop/api?');
  await me.press(['y'], '$ procsaver restart shop/database  (+1)');
});

test('I restart one that others depend on: it asks, and says what becomes of them', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'r'], 'Restart shop/api (running, pid 4431)?');
  expect(me.line('Depends on it from outside')).toContain('shop/worker (runs on without it).');
  await me.press(['n'], 'GROUP / PROCESS');
  expect(me.engine.calls).toHaveLength(1);

  await me.press(['r', 'y'], '5431');
  expect(me.engine.calls.at(-1)?.parameters).toEqual({ verb: 'restart', target: 'shop/api' });
});

test('I restart a group again: it says how long it took the last time', async () => {
  const me = await sitDown();
  await me.press(['r', 'y'], '$ procsaver restart shop');
  for (const [at, process] of ['database', 'api', 'worker'].entries())
    me.engine.tell({ id: 'process.ready', group: 'shop', process, atMs: nowMs + 5000 * (at + 1), by: null });
  await me.press(['r'], 'Last time it took 15s.');
  await me.press(['n'], 'GROUP / PROCESS');
});

test('I look for what is not well with a filter', async () => {
  const me = await sitDown();
  await me.press(['/'], 'filter /');
  await me.press([...'!up'], 'nightly');
  await me.press(['Enter'], 'p pause');
  expect(me.terminal.frame()).not.toContain('database');
  await me.press(['Esc'], 'database');
});
