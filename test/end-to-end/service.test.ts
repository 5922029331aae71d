// Services of a real systemd that the test has started: what procsaver does about them, and what it leaves to systemd.
import { expect, onTestFinished, test } from 'vitest';
import { mayStartSystemd, startUserSystemd, type UserSystemd } from '../fixtures/user-systemd.ts';
import { kill9, kill9AndAwait } from './killing.ts';
import { killLiving, livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

async function systemdOfTest(): Promise<UserSystemd> {
  const systemd = await startUserSystemd();
  onTestFinished(() => systemd.close());
  return systemd;
}

const profile = (unit: string, more = '') => `groups:
  spooler:
    processes:
      cups:
        service: ${unit}
        scope: user
        restart: { limit: 2, within: 1h, backoff: { initial: 10ms, max: 20ms } }
${more}`;

/** A workplace whose engine finds this systemd. */
async function watchService(systemd: UserSystemd, text: string): Promise<Workplace> {
  const place = placeOfTest();
  const { XDG_RUNTIME_DIR = '', DBUS_SESSION_BUS_ADDRESS = '' } = systemd.environment;
  await startEngine(place, place.write('profile.yaml', text), { XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS });
  return place;
}

/** What is told of the evidence comes when it is taken, and is no matter here. */
const story = (place: Workplace) =>
  place.notices('spooler/cups').flatMap(({ id }) => (id === 'dump.taken' ? [] : [id.replace('process.', '')]));

test.runIf(mayStartSystemd)(
  'a service that is killed is started again by its manager, at the word of the engine, and counts once',
  async () => {
    const systemd = await systemdOfTest();
    systemd.writeUnit('spool.service', 'ExecStart=/bin/sleep 86401');
    await systemd.systemctl('start', 'spool');
    const pid = await systemd.mainPid('spool');
    const place = await watchService(systemd, profile('spool.service'));
    expect(await place.running(['spooler/cups'])).toEqual([pid]);
    expect(await place.process('spooler/cups')).toMatchObject({ kind: 'service', restarts: { count: 0 } });

    const next = await kill9AndAwait(place, 'spooler/cups');
    expect(await systemd.mainPid('spool')).toBe(next);
    expect(livingAt(next)?.commandLine).toBe('/bin/sleep 86401');
    expect(await place.process('spooler/cups')).toMatchObject({
      restarts: { count: 1, limit: 2 },
      lastExit: { signal: 'SIGKILL' },
    });
    expect(story(place)).toEqual(['up', 'down', 'restarting', 'starting', 'up']);

    // The operator's own words go through the manager too, and do not count.
    await place.done('stop', 'spooler/cups');
    await until('a service that is down', async () => (await place.process('spooler/cups')).state === 'stopped');
    expect(await systemd.systemctl('show', '--property=ActiveState', '--value', 'spool')).toBe('inactive');
    await place.done('start', 'spooler/cups');
    const [started] = await place.running(['spooler/cups']);
    expect(await systemd.mainPid('spool')).toBe(started);
    expect((await place.process('spooler/cups')).restarts.count).toBe(1);
  },
);

test.runIf(mayStartSystemd)(
  'a service that somebody stops by hand is brought back, unless it is paused: then it stays down until it is resumed',
  async () => {
    const systemd = await systemdOfTest();
    systemd.writeUnit('spool.service', 'ExecStart=/bin/sleep 86401');
    const place = await watchService(systemd, profile('spool'));
    // It was down when the engine came: a first start counts.
    const [pid] = await place.running(['spooler/cups']);
    expect((await place.process('spooler/cups')).restarts.count).toBe(1);
    await systemd.systemctl('stop', 'spool');
    const next = await until('another main process', async () => {
      const [now] = await place.pids('spooler/cups');
      return now !== undefined && now !== pid && now;
    });
    await place.running(['spooler/cups']);
    expect(await systemd.mainPid('spool')).toBe(next);
    expect((await place.process('spooler/cups')).restarts.count).toBe(2);

    await place.done('pause', 'spooler', '--why', 'new paper');
    await systemd.systemctl('stop', 'spool');
    await until('a service that waits', async () => (await place.process('spooler/cups')).state === 'waiting');
    expect(await systemd.systemctl('show', '--property=ActiveState', '--value', 'spool')).toBe('inactive');
    expect(await place.done('why', 'spooler/cups')).toContain('paused by root (new paper)');
    // By hand again: seen as it is, no word of the engine was needed.
    await systemd.systemctl('start', 'spool');
    expect(await place.running(['spooler/cups'])).toEqual([await systemd.mainPid('spool')]);
    await place.done('resume', 'spooler');
    expect((await place.process('spooler/cups')).restarts.count).toBe(2);
    expect(story(place).filter((id) => id === 'restarting' || id === 'gave-up')).toEqual(['restarting']);
  },
);

test.runIf(mayStartSystemd)(
  'a service that fails at every start is given up at the limit, and `clear` tries again',
  async () => {
    const systemd = await systemdOfTest();
    systemd.writeUnit('spool.service', 'Type=exec\nExecStart=/bin/sh -c "exit 3"');
    const place = await watchService(systemd, profile('spool'));
    const gaveUp = await place.noticed('process.gave-up');
    expect(gaveUp).toMatchObject({ severity: 'critical', parameters: { limit: 2, within: '1h' } });
    expect(await place.process('spooler/cups')).toMatchObject({ state: 'fatal', restarts: { count: 2, limit: 2 } });
    expect((await place.command('status')).status).toBe(3);
    const { NRestarts, InvocationID } = Object.fromEntries(
      (await systemd.systemctl('show', '--property=NRestarts,InvocationID', 'spool'))
        .split('\n')
        .map((line) => line.split('=')),
    ) as Record<string, string>;
    expect(NRestarts).toBe('0');

    systemd.writeUnit('spool.service', 'ExecStart=/bin/sleep 86401');
    await systemd.systemctl('daemon-reload');
    // Repaired, but given up: nobody starts it before somebody says so.
    expect(await systemd.systemctl('show', '--property=InvocationID', '--value', 'spool')).toBe(InvocationID);
    await place.done('clear', 'spooler/cups');
    const [pid] = await place.running(['spooler/cups']);
    expect(await systemd.mainPid('spool')).toBe(pid);
    expect(story(place).filter((id) => id === 'gave-up')).toHaveLength(1);
  },
);

test.runIf(mayStartSystemd)(
  'a service that systemd itself brings back is not started a second time, and does not count',
  async () => {
    const systemd = await systemdOfTest();
    systemd.writeUnit(
      'spool.service',
      'Restart=always\nRestartSec=200ms\nStartLimitBurst=0\nExecStart=/bin/sleep 86401',
    );
    await systemd.systemctl('start', 'spool');
    const place = await watchService(systemd, profile('spool', '        ready: { after: 0s }\n'));
    for (let time = 1; time <= 3; time++) {
      await place.running(['spooler/cups']);
      const next = await kill9AndAwait(place, 'spooler/cups');
      expect(await systemd.mainPid('spool')).toBe(next);
    }
    // Three restarts of systemd's, none of ours, though the limit is two.
    expect(await systemd.systemctl('show', '--property=NRestarts', '--value', 'spool')).toBe('3');
    expect(await place.process('spooler/cups')).toMatchObject({ state: 'running', restarts: { count: 0 } });
    expect(story(place).filter((id) => id !== 'ready')).toEqual(['up', 'down', 'up', 'down', 'up', 'down', 'up']);

    // Also a death that nobody tells the engine of before systemd has brought it back.
    const [pid = 0] = await place.pids('spooler/cups');
    const main = livingAt(pid);
    if (main !== null) killLiving(main);
    await systemd.systemctl('restart', 'spool');
    await until('the main process that systemd names', async () => {
      const [now] = await place.pids('spooler/cups');
      return now === (await systemd.mainPid('spool')) && now !== pid;
    });
    expect((await place.process('spooler/cups')).restarts.count).toBe(0);
  },
);

test.runIf(mayStartSystemd)('a service that there is not is missing, and one that appears later is found', async () => {
  const systemd = await systemdOfTest();
  const place = await watchService(systemd, profile('spool'));
  expect(await place.noticed('process.missing')).toMatchObject({ group: 'spooler', process: 'cups' });
  systemd.writeUnit('spool.service', 'ExecStart=/bin/sleep 86401');
  await systemd.systemctl('daemon-reload');
  await systemd.systemctl('start', 'spool');
  expect(await place.running(['spooler/cups'])).toEqual([await systemd.mainPid('spool')]);
  await kill9(place, 'spooler/cups');
  await place.running(['spooler/cups']);
});
