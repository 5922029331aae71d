// One profile for both systems: what holds on one only stands in a block for it, and is refused elsewhere with what to do.
import { expect, test } from 'vitest';
import { withOverrides } from '../../source/profile/overrides.ts';
import type { ParseOptions } from '../../source/profile/parse.ts';
import { api, problemsOf, shop } from './reading.ts';

const windows: Partial<ParseOptions> = { system: 'windows' };

const both =
  '{ command: [node, a.js], linux: { user: shop, stop: { signal: QUIT } }, windows: { stop: { signal: CTRL_BREAK } } }';

test('each system takes its own block', () => {
  expect(api(both)).toMatchObject({ user: 'shop', stop: { signal: 'SIGQUIT' } });
  expect(api(both, windows)).toMatchObject({ user: null, stop: { signal: 'CTRL_BREAK' } });
});

test('both blocks are checked on either system', () => {
  const wrong = shop('{ command: x, linux: { stop: { signal: CTRL_C } }, windows: { stop: { signal: HUP } } }');
  const expected = ['`CTRL_C` is a request of Windows', 'Windows has nothing like SIGHUP'];
  for (const more of [{}, windows]) {
    const problems = problemsOf(wrong, more);
    expect(problems).toHaveLength(2);
    for (const [index, text] of expected.entries()) expect(problems[index]).toContain(text);
  }
});

test.each([
  ['user: shop', '`user` holds on Linux only; on Windows every program runs as the account of the engine'],
  ['umask: "027"', '`umask` holds on Linux only'],
  ['ready: { notify: true }', '`ready.notify` holds on Linux only; Windows has no NOTIFY_SOCKET'],
  [
    'stop: { signal: USR1 }',
    'Windows has nothing like SIGUSR1; write one of CTRL_C, CTRL_BREAK, WM_CLOSE, TERM, INT, KILL',
  ],
])('%s is refused on Windows', (field, problem) => {
  expect(problemsOf(shop(`{ command: x, ${field} }`), windows).join()).toContain(problem);
  expect(problemsOf(shop(`{ command: x, ${field} }`))).toEqual([]);
});

test('a rule of windows is refused on Linux, and may be set on Windows', () => {
  expect(problemsOf(shop('{ command: x, stall: { window: 30s } }')).join()).toContain('holds on Windows only');
  expect(api('{ command: x, stall: { window: 30s } }', windows).stall.windowMs).toBe(30_000);
  const onWindows = api('{ command: x }', windows);
  expect(withOverrides(onWindows, { 'stall.window': '30s', 'stop.signal': 'WM_CLOSE' })).toMatchObject({
    ok: true,
    spec: { stall: { windowMs: 30_000 }, stop: { signal: 'WM_CLOSE' } },
  });
  expect(withOverrides(onWindows, { 'stall.heartbeat': '5s', 'stall.heartbeatFile': 'C:\\beat' })).toMatchObject({
    ok: true,
  });
  expect(withOverrides(api('{ command: x }'), { 'stop.signal': 'WM_CLOSE' })).toMatchObject({ ok: false });
});
