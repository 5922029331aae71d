import { expect, test } from 'vitest';
import { systemdAddresses } from '../../../source/platform/linux/systemd-address.ts';
import { jobEnded, refused } from '../../../source/platform/linux/systemd-job-words.ts';
import { unitName } from '../../../source/platform/linux/systemd-name.ts';
import { stateOf } from '../../../source/platform/linux/systemd-unit-state.ts';

const order = { verb: 'start', scope: 'system', unit: 'web.service' } as const;
const properties = (changes: Record<string, unknown>) => ({
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  Result: 'success',
  ...changes,
});
const main = { pid: 42, startTime: 7, startedAtMs: 0 };

test('a name without the ending of a unit is a service', () => {
  expect(unitName('cups')).toBe('cups.service');
  expect(unitName('getty@tty1')).toBe('getty@tty1.service');
  expect(unitName('shop.api')).toBe('shop.api.service');
  expect(unitName('cups.service')).toBe('cups.service');
  expect(unitName('nightly.timer')).toBe('nightly.timer');
});

test("root speaks to the machine's manager itself, others through the bus", () => {
  const kinds = (user: number) => systemdAddresses('system', { user, environment: {} }).map(({ kind }) => kind);
  expect(kinds(0)).toEqual(['private', 'bus']);
  expect(kinds(1000)).toEqual(['bus']);
  expect(systemdAddresses('user', { user: 1000, environment: {} })).toEqual([
    { kind: 'private', socket: '/run/user/1000/systemd/private' },
    { kind: 'bus', address: 'unix:path=/run/user/1000/bus' },
  ]);
});

test.each([
  ['active', 'running', 'up'],
  ['reloading', 'reload', 'up'],
  ['activating', 'start-pre', 'changing'],
  ['activating', 'auto-restart', 'changing'],
  ['deactivating', 'stop-sigterm', 'changing'],
  ['failed', 'failed-before-auto-restart', 'changing'],
  ['inactive', 'dead', 'down'],
  ['failed', 'failed', 'down'],
  ['of-a-later-systemd', 'x', 'changing'],
] as const)('%s (%s) is %s', (ActiveState, SubState, is) => {
  expect(stateOf('web.service', properties({ ActiveState, SubState }), null).is).toBe(is);
});

test('how the main process ended is told by code or signal, and not while it runs again', () => {
  const exit = (changes: Record<string, unknown>) => stateOf('web.service', properties(changes), null).exit;
  const failed = { ActiveState: 'failed', SubState: 'failed' };
  expect(exit({ ...failed, ExecMainCode: 1, ExecMainStatus: 203 })).toEqual({ code: 203 });
  expect(exit({ ...failed, ExecMainCode: 2, ExecMainStatus: 9 })).toEqual({ signal: 'SIGKILL', core: false });
  expect(exit({ ...failed, ExecMainCode: 3, ExecMainStatus: 11 })).toEqual({ signal: 'SIGSEGV', core: true });
  expect(exit({ ...failed, ExecMainCode: 0, ExecMainStatus: 0 })).toBeNull();
  expect(exit({ ExecMainCode: 2, ExecMainStatus: 9 })).toBeNull();
});

test('a service whose file is gone is unknown only when nothing of it is left', () => {
  const gone = (changes: Record<string, unknown>) =>
    stateOf('web.service', properties({ LoadState: 'not-found', ...changes }), main);
  expect(gone({}).is).toBe('up');
  expect(gone({}).words).toBe('active (running) (not-found)');
  expect(gone({ ActiveState: 'failed', SubState: 'failed' }).is).toBe('down');
  expect(gone({ ActiveState: 'inactive', SubState: 'dead' })).toMatchObject({ is: 'unknown', main: null });
});

test('an order that is not permitted says who has to permit it', () => {
  const error = 'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired';
  expect(refused(order, { ok: false, error, text: 'Interactive authentication required.' })).toEqual({
    ok: false,
    problem:
      'systemd did not start web.service: Interactive authentication required. Run procsaver as root, or allow its user org.freedesktop.systemd1.manage-units for web.service in a polkit rule.',
  });
});

test('every end of a job is told; nothing to do is no problem', () => {
  expect(jobEnded(order, 'done')).toEqual({ ok: true });
  expect(jobEnded(order, 'skipped')).toEqual({ ok: true });
  expect(jobEnded(order, 'dependency')).toEqual({
    ok: false,
    problem:
      'systemd did not start web.service: a unit that it requires could not be started. systemctl status web.service and journalctl -u web.service say more.',
  });
  expect(jobEnded(order, 'of-a-later-systemd')).toMatchObject({ ok: false });
});
