// What is seen and done on Windows and on no other system.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { readMinidump } from './minidump.ts';
import { onWindows } from './on-windows.ts';
import { type WindowsPlace, windowsPlaceOfTest } from './windows-place.ts';
import { windowsProgram } from './windows-programs.ts';

const program = (name: string): string => `Z:${windowsProgram(name).replaceAll('/', '\\')}`;
const yaml = (...words: string[]): string => JSON.stringify(words);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const output = (place: WindowsPlace, file: string): string =>
  readFileSync(place.path('home/default/output', file), 'utf8');

onWindows('a death is told by Windows itself, long before somebody who looks each second would see it', async () => {
  const place = windowsPlaceOfTest();
  await place.watch(
    `groups:\n  shop:\n    processes:\n      api: { command: ${yaml(program('writes'))}, restart: { limit: 100, backoff: { initial: 10ms, factor: 1 } } }\n`,
  );
  const events: number[] = [];
  const looks: number[] = [];
  for (let times = 1; times <= 9; times++) {
    const [pid = 0] = await place.running('shop/api');
    const said = await place.machine.done([program('kills'), String(pid)]);
    const [killedAtMs = 0, lookedMs = 0] = said.trim().split(' ').map(Number);
    const down = await place.noticed('process.down', { name: 'shop/api', times });
    // The notice is told to the millisecond.
    events.push(Math.max(0, Date.parse(down.at) - killedAtMs));
    looks.push(lookedMs);
    await place.noticed('process.up', { name: 'shop/api', times: times + 1 });
  }
  process.stderr.write(
    `From a kill to its notice: ${median(events).toFixed(1)} ms (median of ${events.length}); by looking each second: ${median(looks).toFixed(0)} ms.\n`,
  );
  expect(median(events)).toBeLessThan(100);
  expect(median(events)).toBeLessThan(median(looks));
});

onWindows(
  'of a program that hangs a minidump is taken before its restart, with the threads that wait for each other',
  async () => {
    const place = windowsPlaceOfTest();
    await place.watch(`groups:
  shop:
    processes:
      booking: { command: ${yaml(program('hangs'))}, stall: { output: 3s }, dump: [mini], restart: { limit: 1 } }
`);
    const [pid = 0] = await place.running('shop/booking');
    await place.noticed('process.stalled', { name: 'shop/booking' });
    await place.noticed('process.up', { name: 'shop/booking', times: 2 });
    const order = place.notices('shop/booking').map(({ id }) => id);
    expect(order.indexOf('dump.taken')).toBeGreaterThan(order.indexOf('process.stalled'));
    expect(order.indexOf('dump.taken')).toBeLessThan(order.lastIndexOf('process.starting'));
    const evidence = place.path('home/default/evidence');
    const folder = readdirSync(evidence).find((name) => name.endsWith('stall-output')) ?? '';
    const dump = readMinidump(join(evidence, folder, 'mini.dmp'));
    expect(dump.streams).toEqual(expect.arrayContaining(['ThreadList', 'ModuleList', 'SystemInfo', 'MemoryList']));
    expect(dump.threads.length).toBeGreaterThanOrEqual(2);
    expect(dump.modules.map(({ name }) => name).join()).toContain('hangs.exe');
    if (dump.pid !== null) expect(dump.pid).toBe(pid);
  },
);

onWindows(
  'each way to ask a program to end reaches it, and one that ignores it is ended when its time is over',
  async () => {
    const place = windowsPlaceOfTest();
    // Without a screen Wine has windows only if it is told to do without one.
    await place.machine.done(['reg', 'add', 'HKCU\\Software\\Wine\\Drivers', '/v', 'Graphics', '/d', 'null', '/f']);
    await place.watch(`groups:
  shop:
    processes:
      console: { command: ${yaml(program('obeys'))} }
      stubborn: { command: ${yaml(program('obeys'), 'ignore')}, stop: { signal: CTRL_C, grace: 2s } }
      killed: { command: ${yaml(program('obeys'))}, stop: { signal: KILL } }
      window: { command: ${yaml(program('window'))}, restart: { limit: 0 } }
`);
    for (const name of ['console', 'stubborn', 'killed', 'window']) await place.running(`shop/${name}`);
    // The next word would reach nobody who has not said that he listens.
    for (const file of ['console', 'stubborn', 'killed'])
      await until(`${file} listening`, () => output(place, `shop.${file}.1.log`).includes('listening'));
    await until('an open window', () => output(place, 'shop.window.1.log').includes('window open'));
    await place.done('stop', 'shop');
    await until(
      'all stopped',
      async () => {
        const { groups } = await place.status();
        return groups[0]?.processes.every(({ state }) => state === 'stopped');
      },
      60_000,
    );
    expect(output(place, 'shop.console.1.log')).toContain('CTRL_C');
    expect((await place.process('shop/console')).lastExit).toEqual({ code: 7 });
    expect(output(place, 'shop.stubborn.1.log')).toContain('CTRL_C');
    expect((await place.process('shop/stubborn')).lastExit).toEqual({ code: 1 });
    expect(output(place, 'shop.killed.1.log')).not.toContain('CTRL');
    expect(output(place, 'shop.window.1.log')).toContain('closed');
    expect((await place.process('shop/window')).lastExit).toEqual({ code: 0 });
  },
);

onWindows('a window that no longer takes messages is a stall', async () => {
  const place = windowsPlaceOfTest();
  await place.machine.done(['reg', 'add', 'HKCU\\Software\\Wine\\Drivers', '/v', 'Graphics', '/d', 'null', '/f']);
  await place.watch(
    `groups:\n  shop:\n    processes:\n      till: { command: ${yaml(program('window'), '3')}, stall: { window: 3s }, onStall: alert, dump: [] }\n`,
  );
  await place.running('shop/till');
  const stalled = await place.noticed('process.stalled', { name: 'shop/till' });
  expect(stalled.text).toContain('its window has not answered');
});

onWindows('a crash is told by its name, and the caller of a command by his account', async () => {
  const place = windowsPlaceOfTest();
  await place.watch(
    `groups:\n  shop:\n    processes:\n      api: { command: ${yaml(program('crashes'))}, restart: { limit: 0 } }\n`,
  );
  await place.noticed('process.gave-up', { name: 'shop/api' });
  expect((await place.process('shop/api')).lastExit).toEqual({ signal: 'ACCESS_VIOLATION', core: false });
  await place.done('clear', 'shop/api');
  expect((await place.noticed('operator.cleared')).by).toMatch(/^[^\\]+\\[^\\]+$/);
});

onWindows('a batch file is given its words as they are written, and none of them is a command', async () => {
  const place = windowsPlaceOfTest();
  const script = place.write('words.cmd', '@echo 1=%1\r\n@echo 2=%2\r\n@echo 3=%3\r\n');
  const words = ['a & echo intruder', '%PATH%', 'C:\\some folder\\'];
  await place.watch(
    `groups:\n  shop:\n    processes:\n      api: { command: ${yaml(script, ...words)}, restart: { when: never } }\n`,
  );
  await until('its output', () => output(place, 'shop.api.1.log').includes('3='));
  expect(output(place, 'shop.api.1.log')).toBe('1="a & echo intruder"\r\n2="%PATH%"\r\n3="C:\\some folder\\\\"\r\n');
});

onWindows(
  'a program whose crashes are wanted is registered for them, and an incident without a dump says why',
  async () => {
    const place = windowsPlaceOfTest();
    await place.watch(
      `groups:\n  shop:\n    processes:\n      api: { command: ${yaml(program('crashes'), '1')}, restart: { limit: 0 }, dump: [full] }\n`,
    );
    const dumps = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps\\crashes.exe';
    const registered = await place.machine.done(['reg', 'query', dumps]);
    expect(registered).toMatch(/DumpFolder\s+REG_EXPAND_SZ\s+C:\\place\\home\\default\\crash-dumps/);
    expect(registered).toMatch(/DumpType\s+REG_DWORD\s+0x2/);
    const { parameters } = await place.noticed('dump.taken', { name: 'shop/api' });
    const folder = place.machine.path(...String(parameters['folder']).replace('C:\\', '').split('\\'));
    const incident = JSON.parse(readFileSync(join(folder, 'incident.json'), 'utf8')) as { missing: string[] };
    // Wine writes none.
    expect(incident.missing.join()).toContain(
      'no crash dump: Windows has written none into C:\\place\\home\\default\\crash-dumps',
    );
  },
);
