import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SystemdServices } from '../../../source/platform/linux/systemd-services.ts';
import type { ServiceState } from '../../../source/ports/service-manager.ts';
import { mayStartSystemd, startUserSystemd, type UserSystemd } from '../../fixtures/user-systemd.ts';
import { Heard } from './heard-states.ts';

const program = fileURLToPath(new URL('../../fixtures/programs/watch-services-and-close.ts', import.meta.url));

describe.skipIf(!mayStartSystemd)('attention to services, asked for again and ended', () => {
  let systemd: UserSystemd;
  let services: SystemdServices;

  /** What is told when attention is asked for, now. */
  const toldNow = (service: string): Promise<ServiceState> =>
    new Promise((resolve) => services.watch('user', service, resolve));
  /** A program that closes what it opened, and so ends by itself: what it printed. */
  const runsToItsEnd = async (service: string, when: 'at-once' | 'when-connected' | 'when-heard'): Promise<string> => {
    const options = { env: systemd.environment, timeout: 9_000 };
    const { stdout } = await promisify(execFile)(process.execPath, [program, service, when], options);
    return stdout.trim();
  };

  beforeAll(async () => {
    systemd = await startUserSystemd();
    systemd.writeUnit('sleeper.service', 'ExecStart=/bin/sleep 1000');
    systemd.writeUnit('immortal.service', 'ExecStart=/bin/sleep 1000\nRestart=always\nRestartSec=0\nStartLimitBurst=0');
    await systemd.systemctl('daemon-reload');
  });
  afterAll(() => systemd?.close());
  beforeEach(() => {
    services = new SystemdServices(() => {}, { user: process.geteuid?.() ?? -1, environment: systemd.environment });
  });
  afterEach(() => services.close());

  test('each time it is asked for, the state of that moment is told', async () => {
    expect(await toldNow('sleeper')).toMatchObject({ is: 'down' });
    expect(await toldNow('sleeper')).toMatchObject({ is: 'down' });
    await systemd.systemctl('start', 'sleeper');
    const pid = await systemd.mainPid('sleeper.service');
    expect(await toldNow('sleeper')).toMatchObject({ is: 'up', main: { pid } });
    services.unwatch('user', 'sleeper');
    expect(await toldNow('sleeper')).toMatchObject({ is: 'up', main: { pid } });
    await systemd.systemctl('stop', 'sleeper');
    expect(await toldNow('sleeper')).toMatchObject({ is: 'down', exit: { signal: 'SIGTERM' } });
  });

  test('whoever asked before is told no more', async () => {
    const [before, after] = [new Heard(), new Heard()];
    services.watch('user', 'sleeper', before.report);
    await before.is('down');
    services.watch('user', 'sleeper', after.report);
    await systemd.systemctl('start', 'sleeper');
    await after.is('up');
    await systemd.systemctl('stop', 'sleeper');
    await after.is('down');
    expect(before.states).toHaveLength(1);
  });

  test('of a thousand questions at once the last is answered', async () => {
    await toldNow('sleeper');
    const [early, last] = [new Heard(), new Heard()];
    for (let question = 0; question < 1000; question++) services.watch('user', 'sleeper', early.report);
    services.watch('user', 'sleeper', last.report);
    await last.is('down');
    expect(early.states).toEqual([]);
  });

  test('asked for at the very moment of a death it never tells of a service that is up without its main process', async () => {
    await systemd.systemctl('start', 'immortal');
    const first = new Heard();
    services.watch('user', 'immortal', first.report);
    let { main } = await first.is('up');
    for (let death = 0; death < 30; death++) {
      const dead = main?.pid ?? 0;
      process.kill(dead, 'SIGKILL');
      const heard = new Heard();
      services.watch('user', 'immortal', heard.report);
      ({ main } = await heard.until((state) => state.is === 'up' && state.main?.pid !== dead));
      expect(main).not.toBeNull();
    }
    services.unwatch('user', 'immortal');
    await systemd.systemctl('stop', 'immortal');
  });

  test('after a close nothing is left that keeps a program alive, nor is anything told', async () => {
    expect(await runsToItsEnd('sleeper', 'when-heard')).toBe('down');
    expect(await runsToItsEnd('sleeper', 'at-once')).toBe('');
  });

  test('a close ends the wait for a manager that hangs', async () => {
    systemd.freeze();
    try {
      expect(await runsToItsEnd('sleeper', 'at-once')).toBe('');
      expect(await runsToItsEnd('sleeper', 'when-connected')).toBe('');
    } finally {
      systemd.thaw();
    }
  });

  test('a close ends the attempts to reach a manager that is gone', async () => {
    await systemd.kill();
    expect(await runsToItsEnd('sleeper', 'when-heard')).toBe('unknown');
    expect(await runsToItsEnd('sleeper', 'at-once')).toBe('');
    await systemd.start();
  });
});
