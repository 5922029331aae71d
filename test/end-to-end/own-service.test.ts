// procsaver itself as a service of a real systemd that the test has started.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mayStartSystemd, startUserSystemd, type UserSystemd } from '../fixtures/user-systemd.ts';
import { killLiving, livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { type Outcome, program, run } from './program.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

/** A workplace whose commands find this systemd, and its folder of units where those of a user lie. */
async function placeWithSystemd(): Promise<{
  readonly place: Workplace;
  readonly systemd: UserSystemd;
  readonly service: (...words: string[]) => Promise<Outcome>;
}> {
  const systemd = await startUserSystemd();
  onTestFinished(() => systemd.close());
  const place = placeOfTest();
  mkdirSync(join(systemd.folder, '.config/systemd'), { recursive: true });
  symlinkSync(systemd.unitDirectory, join(systemd.folder, '.config/systemd/user'));
  const environment = {
    ...place.environment,
    XDG_RUNTIME_DIR: systemd.runtimeDirectory,
    DBUS_SESSION_BUS_ADDRESS: systemd.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    HOME: systemd.folder,
  };
  const service = (...words: string[]): Promise<Outcome> =>
    run([program, 'service', ...words, '--user'], { environment, directory: place.directory });
  return { place, systemd, service };
}

const profile = `groups:
  shop:
    processes:
      api: { command: [sleep, "86402"] }
`;

/** The pid of the engine that answers. */
const enginePid = async (place: Workplace): Promise<number> =>
  until('an engine that answers', async () => (await place.status().catch(() => null))?.engine.pid ?? false);

test.runIf(mayStartSystemd)(
  'as a service it is started by systemd, again when it was killed, and what it watches lives on through all of it',
  async () => {
    const { place, systemd, service } = await placeWithSystemd();
    place.write('my shop.yaml', profile);
    expect(await service('status')).toMatchObject({ status: 3, stdout: expect.stringContaining('not installed') });

    const installed = await service('install', 'my shop.yaml', '--now');
    expect(installed).toMatchObject({ status: 0, stderr: '' });
    expect(installed.stdout).toContain('procsaver.service is installed');
    const first = await enginePid(place);
    const [child] = await place.running(['shop/api']);
    expect(await systemd.mainPid('procsaver')).toBe(first);
    // Watched by systemd in its turn: half of WatchdogSec between two signs of life.
    expect(await systemd.systemctl('show', '--property=WatchdogUSec', '--value', 'procsaver')).toBe('30s');
    const seen = await service('status', '--json');
    expect(JSON.parse(seen.stdout)).toMatchObject({ isInstalled: true, isEnabled: true, isRunning: true, pid: first });

    const engine = livingAt(first);
    if (engine !== null) killLiving(engine);
    const second = await until('another engine', async () => {
      const pid = await enginePid(place);
      return pid !== first && pid;
    });
    expect(await place.running(['shop/api'])).toEqual([child]);
    expect(await place.noticed('engine.recovered')).toMatchObject({ parameters: { adopted: 1, lost: 0 } });

    await systemd.systemctl('restart', 'procsaver');
    expect(await enginePid(place)).not.toBe(second);
    expect(await place.running(['shop/api'])).toEqual([child]);

    await systemd.systemctl('reload', 'procsaver');
    await place.noticed('profile.loaded');

    expect(await service('uninstall')).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(`${systemd.unitDirectory}/procsaver.service`)).toBe(false);
    expect(livingAt(child ?? 0)?.commandLine).toBe('sleep 86402');
    expect(await service('status')).toMatchObject({ status: 3 });
    expect(await service('uninstall')).toMatchObject({ status: 1, stderr: expect.stringContaining('not installed') });
  },
);

test.runIf(mayStartSystemd)('a daemon that gave up is not started again: somebody is to see it', async () => {
  const { place, systemd, service } = await placeWithSystemd();
  place.write(
    'shop.yaml',
    `groups:
  shop:
    escalation: exit
    processes:
      api: { command: [/bin/false], restart: { limit: 1, within: 1h, backoff: { initial: 10ms } } }
`,
  );
  await service('install', 'shop.yaml', '--instance', 'batch', '--now');
  const shown = (property: string): Promise<string> =>
    systemd.systemctl('show', `--property=${property}`, '--value', 'procsaver-batch');
  await until('a service that has failed', async () => (await shown('ActiveState')) === 'failed');
  expect([await shown('ExecMainStatus'), await shown('NRestarts')]).toEqual(['3', '0']);
  expect((await service('status', '--instance', 'batch')).stdout).toContain('failed');
});

test('where no systemd runs it says what to do instead, and writes nothing', async () => {
  const place = placeOfTest();
  const environment = { ...place.environment, XDG_RUNTIME_DIR: place.directory, XDG_CONFIG_HOME: place.path('config') };
  const refused = await run([program, 'service', 'install', '--user'], {
    environment,
    directory: place.directory,
  });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/procsaver --daemon --instance default|enable-linger/);
  expect(existsSync(place.path('config'))).toBe(false);
  const wrong = await run([program, 'service', 'instal'], { environment, directory: place.directory });
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('expected install, uninstall or status') });
});
