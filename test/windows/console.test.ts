// The screen on Windows: the same one, drawn by Wine's console inside tmux.
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { Tmux } from '../end-to-end/tmux.ts';
import { until } from '../end-to-end/until.ts';
import { onWindows } from './on-windows.ts';
import { type WindowsPlace, windowsPlaceOfTest } from './windows-place.ts';
import { windowsExecutable, windowsPath, windowsProgram } from './windows-programs.ts';
import { inWine } from './wine.ts';

/** A terminal with procsaver's screen in it. */
async function openConsole({ machine, environment }: WindowsPlace): Promise<Tmux> {
  const terminal = await Tmux.open(
    { directory: machine.folder, environment: machine.environment, path: (...names) => join(machine.folder, ...names) },
    { columns: 110, rows: 30 },
  );
  onTestFinished(() => terminal.close());
  const command = inWine(machine.folder, ['wine64', windowsExecutable]);
  // Wine's console begins where the cursor stands.
  await terminal.type(
    `clear; TERM=xterm-256color PROCSAVER_HOME='${environment.PROCSAVER_HOME}' ${command.join(' ')}`,
    'Enter',
  );
  return terminal;
}

onWindows('the screen stands as on Linux, and its keys move, open, pause, resume and quit', async () => {
  const place = windowsPlaceOfTest();
  await place.watch(`groups:
  shop:
    processes:
      api: { command: ["${windowsPath(windowsProgram('writes'))}"] }
      worker: { command: ["${windowsPath(windowsProgram('writes'))}", "第二"], instances: 2 }
`);
  const [api = 0] = await place.running('shop/api');
  await place.running('shop/worker');
  const terminal = await openConsole(place);
  // Drawn from above, line by line.
  const screen = await terminal.shows(/q quit$/m);
  expect(screen).toMatch(new RegExp(`api +● running +${api} `));
  const lines = screen.split('\n').map((line) => line.trimEnd());
  expect(lines[0]).toMatch(/^ procsaver .*● 2 {3}up /);
  expect(lines[1]).toBe('─'.repeat(110));
  expect(lines[2]).toMatch(/^ {4}GROUP \/ PROCESS +STATE +PID +UP +RESTARTS/);
  expect(lines[3]).toMatch(/^┃ ▾ shop +up /);
  expect(lines.filter((line) => /worker/.test(line))[0]).toMatch(/^ {6}worker ×2 +● 2 of 2 /);
  expect(lines.filter(Boolean).at(-1)).toMatch(/^ p pause {2}r restart {2}s stop .*q quit$/);

  await terminal.type('j');
  await terminal.shows(/^┃ +api /m);
  await terminal.type('Enter');
  await terminal.shows(/writes\.exe/);
  // Escape by itself waits in Wine's console for what may follow it: the other key for going back.
  await terminal.type('h');
  await terminal.shows(/^┃ +api /m);
  await terminal.type('p');
  await terminal.shows(/why/i);
  await terminal.type('patching');
  await terminal.shows('patching');
  await terminal.type('Enter');
  await until('a paused process', async () => (await place.process('shop/api')).paused !== null, 30_000);
  expect((await place.process('shop/api')).paused).toMatchObject({ why: 'patching' });
  await terminal.shows(/api .*paused/);
  await terminal.type('p');
  await until('a process that is watched again', async () => (await place.process('shop/api')).paused === null, 30_000);
  await terminal.type('q');
  await terminal.shows(/ready> $|ready>$/m);
  expect(await place.running('shop/api')).toEqual([api]);
});

/** What each key of the first screen shows there, and the key that leads back: one that is not Escape, which Wine's console holds back. */
const opened: readonly (readonly [key: string, shows: RegExp, back: string])[] = [
  ['w', /Why shop\/api is as it is/, 'w'],
  ['e', /Parameters of shop\/api/, 'h'],
  ['S', /Stalls: nearest first/, 'h'],
  ['t', /shop\/api is up \(pid/, 'h'],
  ['l', /^ working \d+/m, 'h'],
  ['E', /no evidence was taken yet/, 'h'],
  ['?', /Every key, and the procsaver command/, '?'],
];

onWindows('every key of its first screen does on Windows what it says', async () => {
  const place = windowsPlaceOfTest();
  await place.watch(`groups:
  shop:
    processes:
      api: { command: ["${windowsPath(windowsProgram('writes'))}"] }
      other: { command: ["${windowsPath(windowsProgram('writes'))}", "other"] }
`);
  const [api = 0] = await place.running('shop/api');
  await place.running('shop/other');
  const terminal = await openConsole(place);
  await terminal.shows(/q quit$/m);
  const process = async () => place.process('shop/api');
  await terminal.type('j');
  await terminal.shows(/^┃ +api /m);
  for (const [key, shows, back] of opened) {
    await terminal.type(key);
    await terminal.shows(shows);
    await terminal.type(back);
    await terminal.shows(/^┃ +api /m);
  }

  await terminal.type('d');
  await until('a dump', () => place.notices('shop/api').some(({ id }) => id === 'dump.taken'), 60_000);
  await terminal.type('r');
  await until('another process', async () => ![undefined, api].includes((await process()).instances[0]?.pid), 60_000);
  await terminal.type('s');
  await terminal.shows(/^ Stop shop\/api/m);
  await terminal.type('y');
  await until('a stopped process', async () => (await process()).state === 'stopped', 60_000);
  await terminal.shows(/api +○ stopped/);
  await terminal.type('s');
  await until('a running process', async () => (await process()).state === 'running', 60_000);
  await terminal.type('/');
  await terminal.type('other', 'Enter');
  await until('the other one alone', async () => {
    const screen = await terminal.screen();
    return /^.{1,6}other /m.test(screen) && !/^.{1,6}api /m.test(screen);
  });
  await terminal.type('q');
  await terminal.shows(/ready> $|ready>$/m);
});
