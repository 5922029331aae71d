import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { instanceOf, readStat } from '../../../source/platform/linux/proc.ts';
import { SystemdServices } from '../../../source/platform/linux/systemd-services.ts';
import type { ServiceResult, ServiceState } from '../../../source/ports/service-manager.ts';
import { mayStartSystemd, startUserSystemd, type UserSystemd } from '../../fixtures/user-systemd.ts';
import { Heard } from './heard-states.ts';

/** Ready when its trap is set, so that a TERM always finds it. */
const exitsCleanly = `Type=notify
ExecStart=/usr/bin/python3 ${join(import.meta.dirname, '../../fixtures/programs/ready-exits-cleanly.py')}`;

describe.skipIf(!mayStartSystemd)('services of a systemd user manager', () => {
  let systemd: UserSystemd;
  let services: SystemdServices;
  const problems: string[] = [];
  let units = 0;

  const open = (environment: Readonly<Record<string, string>>): SystemdServices => {
    const user = process.geteuid?.() ?? -1;
    return new SystemdServices((text) => problems.push(text), { user, environment });
  };
  const watched = (service: string): Heard => {
    const heard = new Heard();
    services.watch('user', service, heard.report);
    return heard;
  };
  const start = (service: string) => new Promise<ServiceResult>((report) => services.start('user', service, report));
  const stop = (service: string) => new Promise<ServiceResult>((report) => services.stop('user', service, report));
  /** A unit that no other test knows. */
  const unit = (text: string): string => {
    units += 1;
    systemd.writeUnit(`unit-${units}.service`, text);
    return `unit-${units}`;
  };
  const killMain = (state: ServiceState): void => {
    if (state.main !== null) process.kill(state.main.pid, 'SIGKILL');
  };

  beforeAll(async () => {
    systemd = await startUserSystemd();
  });
  afterAll(() => systemd?.close());
  beforeEach(() => {
    services = open(systemd.environment);
  });
  afterEach(() => services.close());

  test('a service that is started is reported up, with the identity of its main process', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    const heard = watched(name);
    expect(await heard.is('down')).toEqual({ is: 'down', main: null, exit: null, words: 'inactive (dead)' });
    expect(await start(name)).toEqual({ ok: true });
    const up = await heard.is('up');
    const pid = await systemd.mainPid(`${name}.service`);
    const stat = readStat(pid);
    expect(up).toMatchObject({ exit: null, words: 'active (running)' });
    expect(up.main).toMatchObject({ pid, startTime: stat === null ? 0 : instanceOf(stat).startTime });
  });

  test('a service that runs already is reported at once; nothing is said twice', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    await systemd.systemctl('start', name);
    const heard = watched(`${name}.service`);
    await heard.is('up');
    await systemd.systemctl('daemon-reload');
    await systemd.systemctl('stop', name);
    await heard.is('down');
    expect(heard.states.map(({ is }) => is)).toEqual(['up', 'changing', 'down']);
  });

  test('the signal that killed its main process is reported', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    const heard = watched(name);
    await start(name);
    killMain(await heard.is('up'));
    expect(await heard.is('down')).toEqual({
      is: 'down',
      main: null,
      exit: { signal: 'SIGKILL', core: false },
      words: 'failed (Result: signal)',
    });
  });

  test('a service that systemd restarts by itself is changing, then up with a new main process', async () => {
    const name = unit('ExecStart=/bin/sleep 1000\nRestart=always\nRestartSec=200ms');
    const heard = watched(name);
    await start(name);
    const first = await heard.is('up');
    killMain(first);
    expect(await heard.is('changing')).toEqual({
      is: 'changing',
      main: null,
      exit: { signal: 'SIGKILL', core: false },
      words: 'activating (auto-restart) (Result: signal)',
    });
    const second = await heard.is('up');
    expect(second.main?.pid).not.toBe(first.main?.pid);
    expect(second.exit).toBeNull();
    expect(heard.states.slice(heard.states.indexOf(first)).map(({ is }) => is)).toEqual(['up', 'changing', 'up']);
  });

  test('a service that somebody stops by hand is down with its exit code', async () => {
    const name = unit(exitsCleanly);
    const heard = watched(name);
    await start(name);
    await heard.is('up');
    await systemd.systemctl('stop', name);
    expect(await heard.is('down')).toEqual({ is: 'down', main: null, exit: { code: 0 }, words: 'inactive (dead)' });
  });

  test('stop is reported when it is done', async () => {
    const name = unit(exitsCleanly);
    const heard = watched(name);
    await start(name);
    await heard.is('up');
    expect(await stop(name)).toEqual({ ok: true });
    expect(await systemd.systemctl('show', '--property=ActiveState', '--value', name)).toBe('inactive');
    expect((await heard.is('down')).exit).toEqual({ code: 0 });
  });

  test('a service that fails while it starts: start reports the problem, watch the exit code', async () => {
    const name = unit('Type=oneshot\nExecStart=/bin/false');
    const heard = watched(name);
    const result = await start(name);
    expect(result).toMatchObject({ ok: false });
    expect(result).toHaveProperty(
      'problem',
      `systemd did not start ${name}.service: it failed. systemctl --user status ${name}.service and journalctl --user -u ${name}.service say more.`,
    );
    expect(await heard.until(({ exit }) => exit !== null)).toMatchObject({
      is: 'down',
      exit: { code: 1 },
      words: 'failed (Result: exit-code)',
    });
  });

  test('a simple service has started once its program runs; that it ended at once is told by watch', async () => {
    const name = unit('ExecStart=/bin/false');
    const heard = watched(name);
    expect(await start(name)).toEqual({ ok: true });
    expect(await heard.until(({ is, exit }) => is === 'down' && exit !== null)).toMatchObject({ exit: { code: 1 } });
  });

  test('a one-shot that stays active is up without a main process', async () => {
    const name = unit('Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true');
    const heard = watched(name);
    await start(name);
    expect(await heard.is('up')).toEqual({ is: 'up', main: null, exit: null, words: 'active (exited)' });
  });

  test('a unit that does not exist is unknown, and noticed when it appears', async () => {
    const heard = watched('written-later');
    expect(await heard.is('unknown')).toMatchObject({ words: 'Unit written-later.service could not be found.' });
    const refused = await start('written-later');
    expect(refused).toHaveProperty('problem', expect.stringContaining('Unit written-later.service not found.'));
    systemd.writeUnit('written-later.service', 'ExecStart=/bin/sleep 1000');
    await systemd.systemctl('daemon-reload');
    expect(await heard.is('down')).toMatchObject({ words: 'inactive (dead)' });
    systemd.removeUnit('written-later.service');
    await systemd.systemctl('daemon-reload');
    await heard.is('unknown');
  });

  test('a unit that appears without a reload is noticed when somebody starts it', async () => {
    const heard = watched('started-later');
    await heard.is('unknown');
    systemd.writeUnit('started-later.service', 'ExecStart=/bin/sleep 1000');
    await systemd.systemctl('start', 'started-later');
    expect((await heard.is('up')).main?.pid).toBe(await systemd.mainPid('started-later.service'));
  });

  test('a masked unit and a name that cannot be one are told in words', async () => {
    symlinkSync('/dev/null', join(systemd.unitDirectory, 'masked.service'));
    expect(await watched('masked').until(() => true)).toMatchObject({ is: 'down', words: 'inactive (dead) (masked)' });
    expect(await start('masked')).toHaveProperty('problem', expect.stringContaining('systemctl --user unmask masked'));
    expect(await watched('no/name').is('unknown')).toMatchObject({
      words: 'Unit name no/name.service is not valid.',
    });
  });

  test('after unwatch nothing is reported', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    const [kept, dropped] = [new Heard(), new Heard()];
    services.watch('user', `${name}.service`, kept.report);
    services.watch('user', name, dropped.report);
    await dropped.is('down');
    services.unwatch('user', name);
    await start(name);
    await kept.is('up');
    expect(dropped.states).toHaveLength(1);
  });

  test('a manager that executes itself anew is met again, and everything is reported anew', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    const heard = watched(name);
    await start(name);
    const before = await heard.is('up');
    await systemd.systemctl('daemon-reexec');
    expect(await heard.until(() => true)).toEqual(before);
    killMain(before);
    await heard.is('down');
  });

  test('a manager that is killed and started again: services are reported anew, whoever waited for a job is told', async () => {
    const name = unit(exitsCleanly);
    const slow = unit('Type=oneshot\nExecStart=/bin/sleep 1000');
    const heard = watched(name);
    const slowHeard = watched(slow);
    await start(name);
    await heard.is('up');
    const waiting = start(slow);
    await slowHeard.is('changing');
    await systemd.kill();
    expect(await waiting).toHaveProperty('problem', expect.stringContaining('the connection to it was lost'));
    await systemd.start();
    // The new manager has started neither.
    expect(await heard.until(() => true)).toMatchObject({ is: 'down', main: null, words: 'inactive (dead)' });
    expect(await start(name)).toEqual({ ok: true });
    expect((await heard.is('up')).main?.pid).toBe(await systemd.mainPid(`${name}.service`));
    expect(problems).toEqual([]);
  });

  test('where nothing answers, that is reported and orders are refused; it is met once it is there', async () => {
    const name = unit('ExecStart=/bin/sleep 1000');
    await systemd.kill();
    const heard = watched(name);
    expect((await heard.is('unknown')).words).toMatch(/^The user manager of systemd cannot be reached \(.*private: /);
    expect(await start(name)).toHaveProperty('problem', expect.stringContaining('cannot be reached'));
    await systemd.start();
    await heard.is('down');
  });

  test('two hundred services are read and followed at once', async () => {
    systemd.writeUnit('many@.service', 'ExecStart=/bin/sleep 1000');
    const names = Array.from({ length: 200 }, (_, index) => `many@${index}`);
    const heard = names.map(watched);
    await Promise.all(heard.map((one) => one.is('down')));
    const results = await Promise.all(names.slice(0, 50).map(start));
    expect(results.every(({ ok }) => ok)).toBe(true);
    const up = await Promise.all(heard.slice(0, 50).map((one) => one.is('up')));
    expect(new Set(up.map(({ main }) => main?.pid)).size).toBe(50);
    await systemd.systemctl('stop', 'many@*');
    await Promise.all(heard.slice(0, 50).map((one) => one.is('down')));
  });

  test('without the private socket the message bus leads to the same manager', async () => {
    await systemd.startBus();
    services.close();
    const { DBUS_SESSION_BUS_ADDRESS = '' } = systemd.environment;
    services = open({ XDG_RUNTIME_DIR: `${systemd.folder}/nothing`, DBUS_SESSION_BUS_ADDRESS });
    const name = unit('ExecStart=/bin/sleep 1000');
    const heard = watched(name);
    await heard.is('down');
    expect(await start(name)).toEqual({ ok: true });
    const up = await heard.is('up');
    await systemd.systemctl('daemon-reexec');
    expect(await heard.until(() => true)).toEqual(up);
    killMain(up);
    expect(await heard.is('down')).toMatchObject({ exit: { signal: 'SIGKILL', core: false } });
  });
});
