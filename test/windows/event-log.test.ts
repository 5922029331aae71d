// Wine takes events and keeps none; what it was given it prints where it is told to.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { onWindows } from './on-windows.ts';
import { windowsPlaceOfTest } from './windows-place.ts';
import { windowsPath, windowsProgram } from './windows-programs.ts';

interface Event {
  /** <winnt.h>: 1 error, 2 warning, 4 information. */
  readonly type: number;
  readonly number: number;
  /** Its first line. */
  readonly text: string;
}

/** `ReportEventW (HANDLE,0x0001,0x0000,0x000000cb, ...` and behind it the lines of its text. */
function eventsIn(printed: string): Event[] {
  const call = /ReportEventW \(\w+,0x(\w+),0x\w+,0x(\w+),[^\n]*\n[^\n]*ReportEventW L"([^\n]*?)(?:\\n)?"/g;
  return [...printed.matchAll(call)].map(([, type = '', number = '', text = '']) => ({
    type: Number.parseInt(type, 16),
    number: Number.parseInt(number, 16),
    text,
  }));
}

onWindows('each notice is an event with its number, its severity and its text', async () => {
  const place = windowsPlaceOfTest();
  const profile = `groups:
  shop:
    processes:
      api:
        command: ["${windowsPath(windowsProgram('crashes'))}", "1"]
        restart: { limit: 1, within: 1h, backoff: { initial: 10ms } }
`;
  await place.watch(profile, { WINEDEBUG: '-all,+eventlog,+advapi' });
  const events = await until('the event of giving up', () => {
    const found = eventsIn(readFileSync(place.path('daemon.log'), 'utf8'));
    return found.some(({ number }) => number === 207) && found;
  });
  expect(events[0]).toMatchObject({ number: 100, type: 4, text: expect.stringContaining('watches 1 process') });
  expect(events).toContainEqual({ number: 203, type: 1, text: 'shop/api went down: killed by ACCESS_VIOLATION' });
  expect(events.find(({ number }) => number === 206)).toMatchObject({ type: 2 });
  expect(events.find(({ number }) => number === 207)).toMatchObject({
    type: 1,
    text: expect.stringContaining('1 restart within 1h did not cure it'),
  });
});

onWindows('a service that cannot begin says why in the event log, and ends with the status of the daemon', async () => {
  const place = windowsPlaceOfTest();
  const profile = place.write('bad.yaml', 'groups:\n  shop:\n    processes:\n      api: { comand: [a.exe] }\n');
  expect(await place.done('service', 'install', profile)).toContain('still to do: sc start procsaver');
  const registered = await place.machine.done(['reg', 'query', `HKLM\\${sourceKey}`]);
  expect(registered).toMatch(/EventMessageFile\s+REG_EXPAND_SZ\s+%SystemRoot%\\System32\\EventCreate.exe/);
  await place.machine.run([windowsProgram('controls'), 'procsaver', 'start']);
  const status = await until('a service that has ended', async () => {
    const seen = JSON.parse((await place.command('service', 'status', '--json')).stdout) as { words: string };
    return seen.words.includes('own error') && seen;
  });
  expect(status).toMatchObject({ isRunning: false, pid: null, words: 'stopped (its own error 4)' });
});

const sourceKey = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\procsaver';
