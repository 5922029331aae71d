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
