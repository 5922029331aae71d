import { expect, test } from 'vitest';
import { sitDown } from './operator.ts';

test('I pause a group for patching: I say why and how long, everybody sees it, and I resume it afterwards', async () => {
  const me = await sitDown();
  await me.sees('┃ ▾ shop');

  await me.press(['p'], 'Pause shop');
  await me.press([...'patching the database'], 'patching the database');
  await me.press(['Right'], '(•) 2 h');
  await me.press(['Enter'], /▾ shop +⏸ paused by ops1 until 15:02: patching the database/);

  expect(me.engine.calls.at(-1)).toEqual({
    method: 'act',
    parameters: {
      verb: 'pause',
      target: 'shop',
      why: 'patching the database',
      untilMs: Date.parse('2026-11-22T15:02:14Z'),
    },
  });
  expect(me.terminal.frame()).toContain("$ procsaver pause shop --for 2h --why 'patching the database'");
  expect(me.line('shop paused by ops1')).toContain('until 15:02: patching the database');

  await me.press(['r'], 'shop is paused: resume it first (p).');
  await me.press(['Down'], 'p resume group');
  await me.press(['p'], /▾ shop +up/);
  expect(me.engine.calls.at(-1)?.parameters).toEqual({ verb: 'resume', target: 'shop' });
  expect(me.terminal.frame()).toContain('$ procsaver resume shop');
});

test('I pause a group for patching and forget it: the next dialog reminds me, a filter finds it, and it ends by itself', async () => {
  const me = await sitDown();
  await me.press(['p', ...'patching', 'Enter'], /▾ shop +⏸ paused by ops1 until 13:32: patching/);
  await me.sees('⏸ 9');

  // Hours later, at something else.
  await me.press(['G', 'p'], 'Pause system/backup');
  expect(me.line('paused already')).toContain('shop (ops1, until 13:32: patching), mail (ops1, until 14:30: patching)');
  await me.press(['Esc'], 'q quit');
  await me.press(['/', ...'paused', 'Enter'], /^(?!.*nightly)/s);
  expect(me.terminal.frame()).toContain('▾ shop');

  me.engine.expire('shop');
  await me.sees(/^(?!.*▾ shop)/s);
  await me.press(['Esc'], /▾ shop +up/);
  expect(me.line('the pause of shop has ended')).not.toBe('');
});

test('I think better of it: Esc leaves the dialog and nothing was asked of the engine', async () => {
  const me = await sitDown();
  await me.press(['p'], 'Pause shop');
  await me.press(['Esc'], 'q quit');
  expect(me.engine.calls.map(({ method }) => method)).toEqual(['subscribe']);
});

test('a colleague resumes what I paused: my screen shows it without a key', async () => {
  const me = await sitDown();
  await me.sees(/▾ mail +⏸ paused by ops1/);
  await me.engine.client.call('act', { verb: 'resume', target: 'mail' });
  await me.sees(/▾ mail +up/);
});

test('I pause until a time that I type', async () => {
  const me = await sitDown();
  await me.press(['p', ...'patching', 'Left', ...'9'], '9▏');
  await me.press(['Enter', ...'0m'], '90m▏');
  expect(me.engine.calls).toHaveLength(1);
  await me.press(['Enter'], /▾ shop +⏸ paused by ops1 until 14:32: patching/);
});
