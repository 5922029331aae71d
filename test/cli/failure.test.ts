import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RequestRefused } from '../../source/control/failure.ts';
import { fakeEngine, temporaryDirectory } from '../control/fake-engine.ts';
import { homeOf, typed } from './run-command.ts';

test('no engine: 5, where it was looked for, and what to do', async () => {
  expect(await typed('status', { home: '/nonexistent' })).toEqual({
    status: 5,
    stdout: '',
    stderr:
      'procsaver: no engine of instance "default" is running (looked at /nonexistent/default/control.sock): start one with procsaver --daemon [PROFILE...]\n',
  });
  expect((await typed('restart shop --instance batch')).stderr).toContain(
    'no engine of instance "batch" is running (looked at /nonexistent/batch/control.sock): start one with procsaver --daemon --instance batch [PROFILE...]',
  );
});

test.each([
  'pause a',
  'resume a',
  'start a',
  'stop a',
  'restart a',
  'clear a',
  'set a b=1',
  'unset a',
  'params a',
  'reload',
  'shutdown',
  'status --watch',
  'events',
  'events --follow',
])('no engine: %s ends with 5', async (line) => {
  expect(await typed(line)).toMatchObject({ status: 5, stdout: '' });
});

test('a refusal of the engine: 1, in its words', async () => {
  const engine = await fakeEngine({
    act: () => ({ ok: false, problem: '"shpo" is neither a group nor a process here' }),
    status: () => {
      throw new RequestRefused('"shpo" is neither a group nor a process here');
    },
  });
  const told = { status: 1, stdout: '', stderr: 'procsaver: "shpo" is neither a group nor a process here\n' };
  expect(await typed('restart shpo', { home: homeOf(engine) })).toEqual(told);
  expect(await typed('status shpo', { home: homeOf(engine) })).toEqual(told);
});

test('an engine that dies in the middle: 1, and how to find out what was done', async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, 'default'));
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  server.listen(join(home, 'default', 'control.sock'));
  const { status, stderr } = await typed('restart shop', { home });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'procsaver: lost the engine: the engine closed the connection; `procsaver status` tells whether what was asked for was done\n',
  );
  server.close();
});

test.each([
  ['restrat shop', 'procsaver: "restrat" is neither a command nor a profile; did you mean restart?\n'],
  ['frobnicate', 'procsaver: "frobnicate" is neither a command nor a profile; see procsaver --help\n'],
  ['status --wach', 'procsaver: unknown flag --wach; did you mean --watch?\n'],
  ['restart a --for 1h', 'procsaver: --for does not belong to restart, but to pause; see procsaver restart --help\n'],
  ['pause a --for soon', 'procsaver: --for soon: expected a duration such as 30m, 2h or 1h30m\n'],
  ['pause a --for 1h --until 9:00', 'procsaver: --for and --until exclude each other\n'],
  ['set a limit', 'procsaver: "limit" sets nothing: expected FIELD=VALUE such as restart.limit=5\n'],
  ['set a b=1 b=2', 'procsaver: b is given more than once\n'],
  ['events --lines 0', 'procsaver: --lines 0: expected a whole number from 1\n'],
  ['events --since yesterday', 'procsaver: --since yesterday: expected 1h, HH:MM, YYYY-MM-DD, YYYY-MM-DD HH:MM\n'],
  ['help pasue', 'procsaver: there is no command "pasue"; did you mean pause?\n'],
  ['status --lang de', 'procsaver: --lang de: expected en or ja\n'],
  [
    '',
    'procsaver: the console needs a terminal: use procsaver --daemon to watch without one, procsaver status to look\n',
  ],
])('wrong usage: procsaver %s', async (line, stderr) => {
  expect(await typed(line)).toEqual({ status: 2, stdout: '', stderr });
});

test('an instance that could leave its directory is refused', async () => {
  expect(await typed('status --instance ../etc')).toMatchObject({ status: 2, stdout: '' });
});

test('messages are Japanese where the operator is', async () => {
  const { stderr } = await typed('restrat shop --lang ja', { environment: { LANG: 'ja_JP.UTF-8' } });
  expect(stderr).toBe('procsaver: "restrat" というコマンドもプロファイルもありません。restart のことですか?\n');
});
