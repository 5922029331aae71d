import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { instanceNameProblem, places, socketPathProblem } from '../../source/control/address.ts';

test('root', () => {
  expect(places('default', {}, 0)).toEqual({
    instance: 'default',
    profilesDirectory: '/etc/procsaver/profiles.d',
    stateDirectory: '/var/lib/procsaver/default',
    journalFile: '/var/lib/procsaver/default/journal.jsonl',
    evidenceDirectory: '/var/lib/procsaver/default/evidence',
    controlSocket: '/run/procsaver/default/control.sock',
    otherControlSockets: [],
  });
});

test('a user', () => {
  expect(places('batch', { HOME: '/home/ops', XDG_RUNTIME_DIR: '/run/user/1001' }, 1001)).toEqual({
    instance: 'batch',
    profilesDirectory: '/home/ops/.config/procsaver/profiles.d',
    stateDirectory: '/home/ops/.local/state/procsaver/batch',
    journalFile: '/home/ops/.local/state/procsaver/batch/journal.jsonl',
    evidenceDirectory: '/home/ops/.local/state/procsaver/batch/evidence',
    controlSocket: '/run/user/1001/procsaver/batch/control.sock',
    otherControlSockets: ['/home/ops/.local/state/procsaver/batch/control.sock'],
  });
});

test('a user without a login session has the socket beside the state, and each finds the other', () => {
  const underCron = places('default', { HOME: '/home/ops' }, 1001);
  const loggedIn = places('default', { HOME: '/home/ops', XDG_RUNTIME_DIR: '/run/user/1001' }, 1001);
  expect(underCron.controlSocket).toBe('/home/ops/.local/state/procsaver/default/control.sock');
  expect(loggedIn.otherControlSockets).toContain(underCron.controlSocket);
  expect(underCron.otherControlSockets).toContain(loggedIn.controlSocket);
});

test('PROCSAVER_HOME moves all of it, for root too', () => {
  expect(places('b', { PROCSAVER_HOME: '/tmp/home', XDG_RUNTIME_DIR: '/run/user/0' }, 0)).toEqual({
    instance: 'b',
    profilesDirectory: '/tmp/home/profiles.d',
    stateDirectory: '/tmp/home/b',
    journalFile: '/tmp/home/b/journal.jsonl',
    evidenceDirectory: '/tmp/home/b/evidence',
    controlSocket: '/tmp/home/b/control.sock',
    otherControlSockets: [],
  });
});

test('without HOME the user directory of the system is used; relative XDG paths are ignored', () => {
  expect(places('default', { XDG_RUNTIME_DIR: 'run' }, 1001).stateDirectory).toBe(
    `${homedir()}/.local/state/procsaver/default`,
  );
  expect(places('default', { HOME: '/h', XDG_RUNTIME_DIR: 'run' }, 7).controlSocket).toBe(
    '/h/.local/state/procsaver/default/control.sock',
  );
});

test.each(['default', 'a', 'web-01', 'A.b_c'])('%s is an instance', (name) => {
  expect(instanceNameProblem(name)).toBeNull();
});

test.each(['', '.', '..', 'a/b', '-x', 'a b', '日本', 'x'.repeat(65)])('%j is none', (name) => {
  expect(instanceNameProblem(name)).toContain("cannot be an instance's name");
});

test('the bound of a socket path counts bytes', () => {
  expect(socketPathProblem(`/${'x'.repeat(106)}`)).toBeNull();
  expect(socketPathProblem(`/${'x'.repeat(107)}`)).toContain('is 108 bytes long');
  expect(socketPathProblem(`/${'日'.repeat(40)}`)).toContain('is 121 bytes long');
});

test("on Windows all accounts share the machine's places, and pipes lie in no folder", () => {
  expect(places('default', { ProgramData: 'D:\\Data' }, 0, 'win32')).toEqual({
    instance: 'default',
    profilesDirectory: 'D:\\Data\\procsaver\\profiles.d',
    stateDirectory: 'D:\\Data\\procsaver\\default',
    journalFile: 'D:\\Data\\procsaver\\default\\journal.jsonl',
    evidenceDirectory: 'D:\\Data\\procsaver\\default\\evidence',
    controlSocket: '\\\\.\\pipe\\procsaver-default',
    otherControlSockets: [],
  });
});

test('on Windows the name of the pipe tells one PROCSAVER_HOME from the next, in whatever letters it is written', () => {
  const pipe = (home: string) => places('b', { PROCSAVER_HOME: home }, 0, 'win32').controlSocket;
  expect(pipe('C:\\place')).toMatch(/^\\\\\.\\pipe\\procsaver-[0-9a-f]{16}-b$/);
  expect(pipe('c:\\PLACE\\')).toBe(pipe('C:\\place'));
  expect(pipe('C:\\other')).not.toBe(pipe('C:\\place'));
  expect(places('b', { PROCSAVER_HOME: 'C:\\place' }, 0, 'win32').profilesDirectory).toBe('C:\\place\\profiles.d');
});
