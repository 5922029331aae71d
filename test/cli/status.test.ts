import { expect, test } from 'vitest';
import { isWell } from '../../source/cli/well.ts';
import type { Status } from '../../source/control/protocol.ts';
import { emptyStatus, fakeEngine } from '../control/fake-engine.ts';
import { groupStatus, homeOf, processStatus, typed } from './run-command.ts';

const slot = (number: number, own: object = {}) => ({
  slot: number,
  state: 'running' as const,
  since: '',
  nextAt: null,
  restarts: 0,
  givenUpWith: null,
  ...own,
});
const living = (slotNumber: number, pid: number) => ({
  slot: slotNumber,
  pid,
  startedAt: '2026-11-22T12:50:00.000+09:00',
});
const pause = { by: 'ops1', why: 'patching', until: '2026-11-22T14:30:00.000+09:00' };

const groups = [
  groupStatus(
    'shop',
    [
      processStatus({ name: 'database' }),
      processStatus({
        name: 'api',
        state: 'backoff',
        restarts: { count: 2, limit: 3, within: '24h', nextFreeAt: null },
        slots: [slot(1, { state: 'backoff', nextAt: '2026-11-22T13:00:08.000+09:00', restarts: 2 })],
        why: 'It ended with exit 1 at 12:59; it is started again in 8 s.',
        overrides: { 'restart.limit': { value: 5, by: 'ops2', at: '2026-11-22T11:20:00.000+09:00' } },
      }),
      processStatus({
        name: 'worker',
        expected: 3,
        state: 'fatal',
        instances: [living(1, 4440), living(3, 4442)],
        slots: [slot(1), slot(2, { state: 'fatal', restarts: 3 }), slot(3)],
        restarts: { count: 3, limit: 3, within: '24h', nextFreeAt: null },
        why: 'worker#2: 3 restarts within 24h did not cure it.',
      }),
    ],
    { state: 'fatal' },
  ),
  groupStatus('batch', [processStatus({ name: 'nightly', state: 'stopped', wanted: 'down', paused: pause })], {
    state: 'down',
    paused: pause,
  }),
];
const engine = { ...emptyStatus.engine, startedAt: '2026-11-19T08:48:00.000+09:00' };
const status: Status = { engine, groups };

const serving = async (value: Status = status) => homeOf(await fakeEngine({ status: () => value }));

test('status is the screen as text, and ends with 3 when something is down', async () => {
  expect(await typed('status', { home: await serving() })).toEqual({
    status: 3,
    stderr: '',
    stdout: `web01, instance default: procsaver 1.0.0, pid 4312, up 3d 04h
4 processes: 1 running, 1 backoff, 1 fatal, 1 stopped, 1 paused

NAME           STATE              PID      UP  RESTARTS   CPU   MEM
shop           fatal
shop/database  running           4410  2h 15m       0/3  1.2%  210M
shop/api       backoff, 8s left                     2/3
    It ended with exit 1 at 12:59; it is started again in 8 s.
    restart.limit = 5, changed by ops2 11:20, not saved
shop/worker    fatal, 2 of 3              10m       3/3  1.2%  210M
    worker#2: 3 restarts within 24h did not cure it.
shop/worker#2  fatal                                3/3
batch          down, paused
    paused by ops1 until 14:30: patching
batch/nightly  stopped, paused                      0/3
`,
  });
});

test('status --all is status', async () => {
  const home = await serving();
  expect(await typed('status --all', { home })).toEqual(await typed('status', { home }));
});

test('on a narrow terminal columns go from the right and sentences are folded', async () => {
  const { stdout } = await typed('status', { home: await serving(), columns: 50 });
  const table = stdout.split('\n').slice(3);
  expect(table.slice(0, 8)).toEqual([
    'NAME           STATE              PID  RESTARTS',
    'shop           fatal',
    'shop/database  running           4410       0/3',
    'shop/api       backoff, 8s left             2/3',
    '    It ended with exit 1 at 12:59; it is started',
    '    again in 8 s.',
    '    restart.limit = 5, changed by ops2 11:20, not',
    '    saved',
  ]);
});

test('a target shows every slot', async () => {
  const { stdout } = await typed('status shop', { home: await serving({ ...status, groups: groups.slice(0, 1) }) });
  expect(stdout).toContain('shop/worker#1  running           4440     10m       0/3');
  expect(stdout).toContain('shop/worker#3  running           4442     10m       0/3');
});

test('in Japanese every column fits its wide text', async () => {
  const { stdout } = await typed('status --lang ja', { home: await serving() });
  expect(stdout).toContain(`名前           状態                 PID    稼働  再起動   CPU  メモリ
shop           断念
shop/database  実行中              4410  2h 15m     0/3  1.2%    210M`);
});

test('status --json is what the engine sent, on one line', async () => {
  const { stdout, status: exit } = await typed('status --json', { home: await serving() });
  expect(exit).toBe(3);
  expect(stdout.trimEnd()).not.toContain('\n');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(status)));
});

test('nothing watched, and a reload that was refused, are said', async () => {
  const problem = { file: '/p.yaml', line: 3, column: 5, path: 'groups', what: 'unknown key', expected: '', hint: '' };
  const home = await serving({ engine: { ...emptyStatus.engine, problems: [problem] }, groups: [] });
  expect((await typed('status', { home })).stdout).toBe(`web01, instance default: procsaver 1.0.0, pid 4312, up 0s
The last reload was refused, the profiles have 1 problem:
/p.yaml:3:5 groups: unknown key

Nothing is watched: no profile names a process.
`);
});

test('names and reasons from outside cannot move the cursor', async () => {
  const home = await serving({
    ...status,
    groups: [groupStatus('shop', [processStatus({ name: 'x', why: 'evil\u001b[2J\u0007text\nand more' })])],
  });
  const { stdout } = await typed('status', { home });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test.each([
  ['runs', {}, true],
  ['has ended as it may', { state: 'exited', instances: [] }, true],
  ['was stopped by somebody', { state: 'stopped', wanted: 'down', instances: [] }, true],
  ['is given up, but paused', { state: 'fatal', paused: pause, instances: [] }, true],
  ['is given up', { state: 'fatal', instances: [] }, false],
  ['waits to be started again', { state: 'backoff', instances: [] }, false],
  ['is being started', { state: 'starting' }, false],
  ['waits for another', { state: 'waiting', instances: [] }, false],
  ['is stalled', { stalled: { rule: 'output', since: '' } }, false],
  ['lacks an instance', { expected: 2 }, false],
] as const)('a process that %s', (_, own, expected) => {
  expect(isWell(processStatus({ name: 'x', ...own }))).toBe(expected);
});

test('a stalled process is told with its rule and the timer nearest to its limit, and is not well', async () => {
  const stalled = processStatus({
    name: 'api',
    stalled: { rule: 'output', since: '2026-11-22T12:59:56.000+09:00' },
    stall: [
      { rule: 'heartbeat', elapsedMs: 9_000, limitMs: 30_000, lostMs: 0, lostTo: '', slot: 1 },
      { rule: 'output', elapsedMs: 304_900, limitMs: 300_000, lostMs: 0, lostTo: '', slot: 1 },
    ],
    why: 'It has been silent since 12:54.',
    says: 'serving 12 carts',
  });
  const home = await serving({ ...status, groups: [groupStatus('shop', [stalled], { state: 'degraded' })] });
  const told = await typed('status shop', { home });
  expect(told.stdout.split('\n').slice(3)).toEqual([
    'NAME      STATE              PID      UP  RESTARTS             STALL   CPU   MEM',
    'shop      degraded',
    'shop/api  stalled (output)  4410  2h 15m       0/3  output 5:04/5:00  1.2%  210M',
    '    It has been silent since 12:54.',
    '    says: serving 12 carts',
    '',
  ]);
  expect(told.status).toBe(3);
  const all = await typed('status', { home });
  expect(all.stdout).toContain('1 process: 1 stalled');
  expect(all.stdout).not.toContain('serving 12 carts');
});

test('all well ends with 0', async () => {
  const home = await serving({ ...status, groups: [groupStatus('shop', [processStatus({ name: 'x' })])] });
  expect((await typed('status', { home })).status).toBe(0);
});

test('status --watch --json prints an object at each change, and ends with the engine', async () => {
  const one = groupStatus('shop', [processStatus({ name: 'api' })]);
  const engine = await fakeEngine({
    subscribe: (_, caller) => {
      caller.subscribe();
      return { status: { engine: emptyStatus.engine, groups: [one] }, notices: [] };
    },
  });
  const changed = groupStatus('shop', [processStatus({ name: 'api', state: 'fatal' })], { state: 'fatal' });
  let isChanged = false;
  const told = await typed('status --watch --json', {
    home: homeOf(engine),
    watch: (stdout) => {
      const lines = stdout.trimEnd().split('\n').length;
      if (lines === 1 && !isChanged) {
        isChanged = true;
        engine.notify('changed', { whole: false, engine: emptyStatus.engine, groups: [changed] });
      }
      if (lines === 2) void engine.close();
    },
  });
  const states = told.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as Status).groups[0]?.processes[0]?.state);
  expect(states).toEqual(['running', 'fatal']);
  expect(told).toMatchObject({ status: 5, stderr: 'procsaver: the engine has ended\n' });
});

test('status --watch on a terminal draws over the old picture', async () => {
  const engine = await fakeEngine();
  const told = await typed('status --watch', { home: homeOf(engine), columns: 80, watch: () => void engine.close() });
  expect(told.stdout.startsWith('\u001b[Hweb01')).toBe(true);
});
