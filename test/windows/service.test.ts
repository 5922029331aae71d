// Services of Windows: one that procsaver watches, and procsaver itself as one.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { onWindows } from './on-windows.ts';
import { type WindowsPlace, windowsPlaceOfTest } from './windows-place.ts';
import { windowsProgram } from './windows-programs.ts';

const program = (name: string): string => `Z:${windowsProgram(name).replaceAll('/', '\\')}`;

/** Makes a service that writes what it is asked into `C:\\place\\NAME.txt`. */
async function makeService(place: WindowsPlace, name: string, ...more: string[]): Promise<void> {
  const command = `${program('service')} ${name} C:\\place\\${name}.txt`;
  await place.machine.done(['sc', 'create', name, `binPath=${command}`, ...more]);
}

/** What the service has written: its pids and what each was asked. */
const asked = (place: WindowsPlace, name: string): string[] =>
  readFileSync(place.path(`${name}.txt`), 'utf8')
    .trim()
    .split(/\r?\n/);

onWindows('a service whose process is killed is started again by its manager, at the word of the engine', async () => {
  const place = windowsPlaceOfTest();
  await makeService(place, 'spool');
  await place.watch(`groups:
  printing:
    processes:
      spool:
        service: spool
        restart: { limit: 3, within: 1h, backoff: { initial: 10ms, max: 20ms } }
`);
  // It was down when the engine came.
  const [first = 0] = await place.running('printing/spool');
  expect(asked(place, 'spool')).toEqual([`${first} start`]);
  await place.machine.kill(first);
  await place.noticed('process.up', { name: 'printing/spool', times: 2 });
  const [second = 0] = await place.running('printing/spool');
  expect(asked(place, 'spool')).toEqual([`${first} start`, `${second} start`]);
  expect(second).not.toBe(first);

  // The operator's own words go through the manager too: the program is asked, not killed.
  await place.done('stop', 'printing/spool');
  await until(
    'a service that is down',
    async () => (await place.process('printing/spool')).state === 'stopped',
    30_000,
  );
  expect(asked(place, 'spool').slice(2)).toEqual([`${second} stop`, `${second} end`]);
  await place.done('start', 'printing/spool');
  const [third = 0] = await place.running('printing/spool');
  expect(asked(place, 'spool').at(-1)).toBe(`${third} start`);
});

onWindows('a service that there is not is missing, and one that appears later is found', async () => {
  const place = windowsPlaceOfTest();
  await place.watch('groups:\n  printing:\n    processes:\n      spool: { service: spool }\n');
  expect(await place.noticed('process.missing')).toMatchObject({ group: 'printing', process: 'spool' });
  await makeService(place, 'spool');
  await place.machine.done(['sc', 'start', 'spool']);
  const [pid] = await place.running('printing/spool');
  expect(asked(place, 'spool')).toEqual([`${pid} start`]);
});

onWindows(
  'procsaver as a service: started, paused, continued, killed and started again, stopped; its children live on',
  async () => {
    const place = windowsPlaceOfTest();
    const profile = place.write(
      'shop.yaml',
      `groups:\n  shop:\n    processes:\n      api: { command: ["${program('writes').replaceAll('\\', '\\\\')}"] }\n`,
    );
    const { machine } = place;
    const tell = async (word: string): Promise<string> =>
      (await machine.done([windowsProgram('controls'), 'procsaver', word])).trim();
    const isIn = (state: string): Promise<true> =>
      until(`a service that is ${state}`, async () => (await tell('query')) === state, 30_000);
    expect(await place.command('service', 'status')).toMatchObject({ status: 3 });
    expect(await place.done('service', 'install', profile, '--now')).toContain('procsaver is installed');
    const [child] = await place.running('shop/api');
    const first = (await place.status()).engine.pid;
    const seen = JSON.parse(await place.done('service', 'status', '--json')) as object;
    expect(seen).toMatchObject({ isInstalled: true, isEnabled: true, isRunning: true, pid: first });

    await tell('pause');
    expect(await place.noticed('operator.paused')).toMatchObject({ by: 'the service manager' });
    await isIn('PAUSED');
    await tell('continue');
    await place.noticed('operator.resumed');
    await isIn('RUNNING');

    await machine.kill(first);
    await isIn('STOPPED');
    await tell('start');
    expect(await place.running('shop/api')).toEqual([child]);
    expect(await place.noticed('engine.recovered')).toMatchObject({ parameters: { adopted: 1, lost: 0 } });

    await tell('stop');
    await place.noticed('engine.stopped');
    await isIn('STOPPED');
    expect(await machine.done(['tasklist'])).toContain('writes.exe');
    await tell('start');
    expect(await place.running('shop/api')).toEqual([child]);
    expect(await place.done('service', 'uninstall')).toContain('taken away');
    expect(await place.command('service', 'status')).toMatchObject({ status: 3 });
  },
);
