import { expect, test } from 'vitest';
import type { Handlers } from '../../source/control/dispatch.ts';
import type { Parameter } from '../../source/engine/parameter.ts';
import type { Request } from '../../source/engine/request.ts';
import { fakeEngine } from '../control/fake-engine.ts';
import { homeOf, now, typed } from './run-command.ts';

/** An engine that notes what it is asked, and touches two processes. */
async function listening(own: Partial<Handlers> = {}) {
  const asked: Request[] = [];
  const engine = await fakeEngine({
    act: (request) => {
      asked.push(request);
      return { ok: true, affected: ['shop/api', 'shop/worker'] };
    },
    ...own,
  });
  return { asked, type: (words: string | readonly string[]) => typed(words, { home: homeOf(engine) }) };
}

const requests: readonly (readonly [readonly string[], Request, string])[] = [
  [
    ['pause', 'shop', '--for', '2h', '--why', 'patching the database'],
    { verb: 'pause', target: 'shop', why: 'patching the database', untilMs: now + 7_200_000 },
    'shop/api is paused until 15:00',
  ],
  [
    ['pause', 'shop', '--until', '14:30'],
    { verb: 'pause', target: 'shop', why: '', untilMs: now + 5_400_000 },
    'shop/api is paused until 14:30',
  ],
  [
    ['pause', '--all'],
    { verb: 'pause', target: '--all', why: '', untilMs: null },
    'shop/api is paused until it is resumed',
  ],
  [['resume', 'shop'], { verb: 'resume', target: 'shop' }, 'shop/api is watched again'],
  [['start', 'shop/api'], { verb: 'start', target: 'shop/api' }, 'shop/api is being started'],
  [['stop', 'shop/worker#2'], { verb: 'stop', target: 'shop/worker#2' }, 'shop/api is being stopped'],
  [['restart', '4431'], { verb: 'restart', target: '4431' }, 'shop/api is being restarted'],
  [['clear', '--all'], { verb: 'clear', target: '--all' }, 'shop/api: counters forgotten'],
  [
    [
      'set',
      'shop/api',
      'restart.limit=5',
      'restart.within=1h',
      'stop.tree=false',
      'restart.successExitCodes=[0,3]',
      'dump=[stack, core]',
      'rules=[{ metric: cpu, above: 90%, for: 1m }]',
      'ready.tcp=[::1]:80',
      'a=',
      'b=x=y',
    ],
    {
      verb: 'set',
      target: 'shop/api',
      values: {
        'restart.limit': 5,
        'restart.within': '1h',
        'stop.tree': false,
        'restart.successExitCodes': [0, 3],
        dump: ['stack', 'core'],
        rules: [{ metric: 'cpu', above: '90%', for: '1m' }],
        'ready.tcp': '[::1]:80',
        a: '',
        b: 'x=y',
      },
    },
    'shop/api: restart.limit=5 restart.within=1h stop.tree=false restart.successExitCodes=[0,3] dump=[stack, core] rules=[{ metric: cpu, above: 90%, for: 1m }] ready.tcp=[::1]:80 a= b=x=y',
  ],
  [['unset', 'shop/api'], { verb: 'unset', target: 'shop/api', fields: [] }, 'shop/api: back to what the profile says'],
  [
    ['unset', '--all', 'restart.limit'],
    { verb: 'unset', target: '--all', fields: ['restart.limit'] },
    'shop/api: back to what the profile says',
  ],
];

test.each(requests)('%j', async (words, request, line) => {
  const { asked, type } = await listening();
  const told = await type(words);
  expect(asked).toEqual([request]);
  expect(told).toEqual({ status: 0, stderr: '', stdout: `${line}\n${line.replace('shop/api', 'shop/worker')}\n` });
});

test('with --json the answer is one object', async () => {
  const { type } = await listening();
  expect(await type('restart shop --json')).toEqual({
    status: 0,
    stderr: '',
    stdout: '{"affected":["shop/api","shop/worker"]}\n',
  });
});

test('set --save writes into the profile as well', async () => {
  const saved: string[] = [];
  const { type } = await listening({
    save: ({ target }) => {
      saved.push(target);
      return { ok: true, affected: [target] };
    },
  });
  expect(await type('set shop/api restart.limit=5 --save')).toMatchObject({
    status: 0,
    stderr: 'procsaver: written into the profile\n',
  });
  expect(saved).toEqual(['shop/api']);
});

test('what could not be saved is in force all the same, and the status says that not all was done', async () => {
  const { type } = await listening({ save: () => ({ ok: false, problem: 'shop.yaml is read-only' }) });
  expect(await type('set shop/api restart.limit=5 --save')).toMatchObject({
    status: 1,
    stderr: 'procsaver: the change is in force, but was not written into the profile: shop.yaml is read-only\n',
  });
});

test('what was refused is not saved', async () => {
  const { type } = await listening({
    act: () => ({ ok: false, problem: 'restart.limit: -1, expected 0 to 1000' }),
    save: () => {
      throw new Error('must not be asked');
    },
  });
  expect(await type('set shop/api restart.limit=-1 --save')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'procsaver: restart.limit: -1, expected 0 to 1000\n',
  });
});

test('reload tells what changed, or why nothing did', async () => {
  const good = await listening({
    reload: () => ({ ok: true, added: ['shop/new'], removed: [], changed: ['shop/api'], restarted: ['shop/api'] }),
  });
  expect(await good.type('reload')).toEqual({
    status: 0,
    stderr: '',
    stdout: 'profiles in force: 1 added, 0 removed, 1 changed\n  + shop/new\n  ~ shop/api (restarted)\n',
  });
  const problem = {
    file: '/p.yaml',
    line: 3,
    column: 5,
    path: 'groups.shop',
    what: 'unknown key `x`',
    expected: '',
    hint: 'did you mean `y`?',
  };
  const bad = await listening({ reload: () => ({ ok: false, problems: [problem] }) });
  expect(await bad.type('reload')).toEqual({
    status: 4,
    stderr: 'procsaver: nothing was changed, the profiles have 1 problem; the running ones stay in force\n',
    stdout: '/p.yaml:3:5 groups.shop: unknown key `x`; did you mean `y`?\n',
  });
});

test('params is a table, or all there is as JSON', async () => {
  const limit: Parameter = {
    field: 'restart.limit',
    type: 'number',
    range: '0 to 1000',
    help: 'restarts allowed within the window',
    default: 3,
    profile: 3,
    current: 5,
    override: { by: 'ops2', at: '2026-11-22T11:20:00.000+09:00' },
    live: true,
  };
  const command: Parameter = {
    ...limit,
    field: 'command',
    type: 'argv',
    range: '',
    default: null,
    profile: ['node', 'a b'],
    current: ['node', 'a b'],
    override: null,
    live: false,
  };
  const { type } = await listening({ params: () => [limit, command] });
  expect(
    (await type('params shop/api')).stdout,
  ).toBe(`FIELD          CURRENT         PROFILE         DEFAULT  TYPE               CHANGED BY
restart.limit  5               3               3        number, 0 to 1000  ops2, 11:20
command        ["node","a b"]  ["node","a b"]  -        argv               (in the profile only)
`);
  expect(JSON.parse((await type('params shop/api --json')).stdout)).toEqual([limit, command]);
});

test('shutdown waits until the engine has ended', async () => {
  const engine = await fakeEngine({
    shutdown: () => {
      setTimeout(() => void engine.close(), 30);
      return {};
    },
  });
  expect(await typed('shutdown', { home: homeOf(engine) })).toEqual({
    status: 0,
    stderr: '',
    stdout: 'the engine has ended; the processes are left as they are\n',
  });
});

test('version', async () => {
  expect((await typed('version')).stdout).toMatch(/^procsaver \d+\.\d+\.\d+\n$/);
  expect(JSON.parse((await typed('--version --json')).stdout)).toMatchObject({
    version: expect.any(String),
    node: process.version,
  });
});
