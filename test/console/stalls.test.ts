// The stall inspection: what stands on top, whose threads it asks for and when, and how long they have not moved.
import { describe, expect, test } from 'vitest';
import type { Message } from '../../source/console/message.ts';
import type { Model, StallsScreen } from '../../source/console/model.ts';
import { stallRows } from '../../source/console/rows/stall-rows.ts';
import { update } from '../../source/console/update.ts';
import { lookLines } from '../../source/console/view/stalls/look-lines.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import { group, notices, nowMs, process_, status } from './fixtures.ts';
import { openModel } from './session.ts';
import { live, stalledStatus } from './stalled.ts';

const start = openModel({ size: { columns: 80, rows: 24 }, status: stalledStatus() });

const key = (name: string): Message => ({ is: 'key', key: name });
const tick = (seconds: number): Message => ({ is: 'tick', nowMs: nowMs + seconds * 1000 });
const answer = (target: string, looks = live(target)): Message => ({ is: 'threads', target, looks });

/** The model in the end, and what the engine was asked for by each message. */
function telling(model: Model, ...told: readonly Message[]): { readonly model: Model; readonly asked: string[] } {
  const asked: string[] = [];
  const last = told.reduce((now, message) => {
    const next = update(now, message);
    for (const command of next.commands) if (command.is === 'fetch-threads') asked.push(command.target);
    return next.model;
  }, model);
  return { model: last, asked };
}

function screenOf({ screen }: Model): StallsScreen {
  if (screen.is !== 'stalls') throw new Error(`the screen is ${screen.is}`);
  return screen;
}

const opened = telling(start, key('S')).model;

describe('the list', () => {
  test('has the stalled on top, then the nearest to its limit, each by its slot', () => {
    expect(stallRows(stalledStatus()).map(({ target, timer }) => `${target} ${timer.rule}`)).toEqual([
      'shop/api output',
      'shop/database heartbeat',
      'shop/api cpu',
      'shop/database probe',
      'shop/worker#2 heartbeat',
      'shop/api heartbeat',
      'system/ntp spinning',
    ]);
  });

  test('opens on the process one comes from, where a timer of it runs', () => {
    const at = (cursor: string): Model =>
      telling({ ...start, list: { ...start.list, cursor, index: -1 } }, tick(0)).model;
    expect(screenOf(telling(at('shop/worker'), key('S')).model).target).toBe('shop/worker#2');
    expect(screenOf(telling(at('mail/smtp'), key('S')).model).target).toBe('shop/api');
    expect(screenOf(telling(at('shop'), key('S')).model).target).toBe('shop/api');
  });

  test('leads back to where one came from', () => {
    const fromDetails = telling(
      { ...start, list: { ...start.list, cursor: 'shop/database', index: -1 } },
      tick(0),
      key('enter'),
      key('S'),
    ).model;
    expect(screenOf(fromDetails).target).toBe('shop/database');
    expect(telling(fromDetails, key('escape')).model.screen).toMatchObject({ is: 'details', target: 'shop/database' });
    expect(telling(opened, key('escape')).model.screen).toEqual({ is: 'list' });
  });

  test('keeps the cursor on its timer while others overtake it, and in its place when it is gone', () => {
    const moved = telling(opened, key('down')).model;
    expect(screenOf(moved)).toMatchObject({ cursor: 'shop/database heartbeat', index: 1 });
    const beats = (elapsedMs: number): ProcessStatus['stall'] => [
      { rule: 'heartbeat', elapsedMs, limitMs: 30_000, lostMs: 0, lostTo: '', slot: 1 },
    ];
    const changed = (...processes: readonly ProcessStatus[]): Message => ({
      is: 'changed',
      whole: true,
      engine: status.engine,
      groups: [group('shop', processes)],
    });
    const one = (name: string, elapsedMs: number) => process_(name, 'running', { pids: [9], stall: beats(elapsedMs) });
    const overtaken = telling(moved, changed(one('api', 9000), one('cache', 8000), one('database', 100))).model;
    expect(screenOf(overtaken)).toMatchObject({ cursor: 'shop/database heartbeat', index: 2 });
    const gone = telling(overtaken, changed(one('api', 9000), one('cache', 8000))).model;
    expect(screenOf(gone)).toMatchObject({ cursor: 'shop/cache heartbeat', index: 1, target: 'shop/cache' });
    const none = telling(gone, changed(process_('api', 'running'))).model;
    expect(screenOf(none)).toMatchObject({ cursor: '', target: '' });
    expect(telling(none, key('r')).model.bottomLine?.text).toBe('Nothing is chosen.');
  });
});

describe('what the keys would meet', () => {
  const on = (target: string): Model =>
    telling({ ...start, list: { ...start.list, cursor: target, index: -1 } }, tick(0), key('S')).model;
  const shop = (...processes: readonly ProcessStatus[]): Message => ({
    is: 'changed',
    whole: true,
    engine: status.engine,
    groups: [group('shop', processes)],
  });
  const beats = (slot: number, elapsedMs = 9000): Pick<ProcessStatus, 'stall'> => ({
    stall: [{ rule: 'heartbeat', elapsedMs, limitMs: 30_000, lostMs: 0, lostTo: '', slot }],
  });

  test('is the same process while it has no timers, as in the midst of a restart; its row comes back', () => {
    const other = process_('api', 'running', { pids: [4431], ...beats(1) });
    const down = telling(on('shop/database'), shop(process_('database', 'starting'), other)).model;
    expect(screenOf(down)).toMatchObject({ cursor: 'shop/database heartbeat', target: 'shop/database' });
    expect(update(down, key('p')).model.dialog).toMatchObject({ targets: ['shop/database'] });
    const up = telling(down, shop(process_('database', 'running', { pids: [1], ...beats(1, 1) }), other)).model;
    expect(screenOf(up)).toMatchObject({ target: 'shop/database', index: 1 });
    expect(screenOf(telling(down, key('down')).model).target).toBe('shop/api');
  });

  test('is the same instance while another one is nearer to its limit, until that one is stalled', () => {
    const workers = (slot: number, told: Partial<ProcessStatus> = {}) =>
      shop(process_('worker', 'running', { pids: [1, 2], expected: 2, ...beats(slot), ...told }));
    const looking = telling(on('shop/worker'), workers(1));
    expect(screenOf(looking.model).target).toBe('shop/worker#2');
    // Number 2 is being restarted.
    const restarting = telling(
      looking.model,
      workers(1, { instances: [{ slot: 1, pid: 1, startedAt: status.engine.startedAt }] }),
    );
    expect(screenOf(restarting.model).target).toBe('shop/worker#2');
    const stalled = workers(1, { stalled: { rule: 'heartbeat', since: status.engine.startedAt } });
    expect(screenOf(telling(looking.model, stalled).model).target).toBe('shop/worker#1');
  });
});

describe('the threads', () => {
  test('are asked for when the screen opens, then each second, and no more once it is left', () => {
    expect(telling(start, tick(0)).asked).toEqual([]);
    expect(telling(start, key('S')).asked).toEqual(['shop/api']);
    const api = answer('shop/api');
    const looked = telling(opened, api, tick(1), api, tick(2), api, tick(3));
    expect(looked.asked).toEqual(['shop/api', 'shop/api', 'shop/api']);
    expect(telling(looked.model, key('escape'), tick(4), tick(5)).asked).toEqual([]);
  });

  test('are not asked for while a page lies over them, or the engine is out of reach', () => {
    expect(telling(opened, answer('shop/api'), key('?'), tick(1)).asked).toEqual([]);
    const lost: Message = { is: 'lost', nowMs, nextAttemptAtMs: nowMs + 9000 };
    const away = telling(opened, answer('shop/api'), lost, tick(1), tick(9));
    expect(away.asked).toEqual([]);
    expect(telling(away.model, { is: 'connected', status: stalledStatus(), notices }, tick(10)).asked).toHaveLength(1);
  });

  test('are asked for one question at a time: a slow line is not filled with them', () => {
    const slow = telling(opened, tick(1), key('down'), key('down'), key('down'), tick(2));
    expect(slow.asked).toEqual([]);
    // What comes too late is dropped, and the row that the cursor is on by now is asked for.
    const late = telling(slow.model, answer('shop/api'));
    expect(late.asked).toEqual(['shop/database']);
    expect(screenOf(late.model).look).toBeNull();
    expect(telling(opened, tick(6)).asked).toEqual(['shop/api']);
  });

  test('have not moved since they were first seen so; whoever had a CPU meanwhile has', () => {
    const [look] = live('shop/api');
    if (look === undefined) throw new Error('nothing lives');
    const moved = look.threads.map((one, at) => (at === 0 ? { ...one, runs: one.runs + 1 } : one));
    const { model } = telling(
      opened,
      answer('shop/api'),
      tick(10),
      answer('shop/api'),
      tick(20),
      answer('shop/api', [{ ...look, threads: moved }]),
    );
    const since = screenOf(model).look?.unmovedSince ?? {};
    expect(since['4431.4431']?.sinceMs).toBe(nowMs + 20_000);
    expect(since['4431.4439']?.sinceMs).toBe(nowMs);
  });
});

test('the keys act on the instance under the cursor, and a pause on the whole process', () => {
  const onWorker = telling(start, key('S'), ...Array.from({ length: 4 }, () => key('down'))).model;
  expect(screenOf(onWorker).target).toBe('shop/worker#2');
  expect(update(onWorker, key('d')).commands).toContainEqual({
    is: 'act',
    request: { verb: 'dump', target: 'shop/worker#2', kinds: null },
  });
  expect(update(onWorker, key('p')).model.dialog).toMatchObject({ is: 'pause', targets: ['shop/worker'] });
  expect(update(onWorker, key('enter')).model.screen).toMatchObject({ is: 'details', target: 'shop/worker' });
});

test('of a thousand threads as many are told as there is room for, and how many more there are; what hangs comes first', () => {
  const [look] = live('shop/api');
  if (look === undefined) throw new Error('nothing lives');
  const [one] = look.threads;
  if (one === undefined) throw new Error('it has no thread');
  const threads = Array.from({ length: 512 }, (_, at) => ({ ...one, tid: 5000 + at, name: `pool-${at}` }));
  const hanging = { ...one, tid: 5600, name: 'disk', state: 'D', waitsIn: 'io_schedule', call: 'read', file: '' };
  const problem = 'where its threads wait may not be seen';
  const told = { ...look, threads: [...threads.slice(1), hanging], more: 300, problem };
  const { model } = telling(opened, answer('shop/api', [told]));
  const lines = lookLines(model, screenOf(model), 8).map((line) => line.map(({ text }) => text).join(''));
  expect(lines).toHaveLength(8);
  expect(lines[0]).toContain('812 threads');
  expect(lines[1]).toContain(problem);
  expect(lines[2]).toMatch(/5600 disk .* D .* read\(\) +io_schedule/);
  expect(lines[6]).toContain('and 808 more');
  expect(lines[7]).toContain('last output 5m ago');
});
