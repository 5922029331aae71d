// What a terminal can do to a console: storms of sizes, letters and nonsense, and every way in which it is left.
import { expect, test } from 'vitest';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { program } from './program.ts';
import { watch } from './tested-engine.ts';
import { Tmux } from './tmux.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const shop = `groups:
  shop:
    processes:
      api: { command: [sleep, "86401"] }
      worker: { command: [sleep, "86402"] }
`;

interface Watched {
  readonly place: Workplace;
  readonly terminal: Tmux;
  readonly enginePid: number;
  readonly pids: readonly number[];
}

async function sitDown(): Promise<Watched> {
  const place = placeOfTest();
  const { pid: enginePid } = await watch(place, shop);
  const pids = await place.running(['shop/api', 'shop/worker']);
  const terminal = await Tmux.open(place, { columns: 100, rows: 30 });
  return { place, terminal, enginePid, pids };
}

/** `stty -a` says in words what is different; beside it what a program can change beyond that. */
async function stateOf(terminal: Tmux): Promise<string> {
  await terminal.type('clear; stty -a; echo that-was-it', 'Enter');
  const screen = await terminal.shows(/^that-was-it$/m);
  const settings = screen.slice(screen.indexOf('speed'), screen.indexOf('that-was-it'));
  return `${settings}${await terminal.modes()}`;
}

async function openConsole({ terminal }: Watched): Promise<void> {
  await terminal.type(`'${program}'`, 'Enter');
  await terminal.shows(/worker .*running/);
}

/** Neither the engine nor what it watches has noticed anything. */
async function expectUntouched({ place, enginePid, pids }: Watched): Promise<void> {
  expect((await place.status()).engine.pid).toBe(enginePid);
  expect(await place.running(['shop/api', 'shop/worker'])).toEqual(pids);
  expect(place.notices().filter(({ id }) => id.startsWith('operator.'))).toEqual([]);
}

async function leave({ terminal }: Watched): Promise<string> {
  await terminal.type('q');
  await terminal.shows(/^ready>$/m);
  return stateOf(terminal);
}

/** Every line of a console's screen: the header above all, the two rules at the right width, the bar below. */
function isWhole(screen: string, columns: number): boolean {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  return (
    (lines[0] ?? '').startsWith(' procsaver') &&
    lines[1] === '─'.repeat(columns) &&
    lines.filter((line) => /worker .*running/.test(line)).length === 1 &&
    lines.filter((line) => line.includes('q quit')).length === 1
  );
}

test('after 200 changes of size in a row the screen is whole, and so is the terminal when it is left', async () => {
  const watched = await sitDown();
  const { terminal } = watched;
  const before = await stateOf(terminal);
  await openConsole(watched);
  for (let round = 0; round < 200; round++) await terminal.resize(40 + ((round * 37) % 160), 10 + ((round * 11) % 45));
  await terminal.resize(100, 30);
  await until('a whole screen', async () => isWhole(await terminal.screen(), 100));
  expect(await leave(watched)).toBe(before);
  await expectUntouched(watched);
});

test('a paste of 100 KB is text where text is asked for, and nothing anywhere else', async () => {
  const watched = await sitDown();
  const { place, terminal } = watched;
  const before = await stateOf(terminal);
  await openConsole(watched);
  // Every letter of it is a key of the list: s, y would stop, q would quit.
  const file = place.write('pasted.txt', 'sy\nry\nq\n'.repeat(12_800));
  await terminal.paste(file);
  await terminal.type('?');
  await terminal.shows('Every key');
  await terminal.type('Escape');
  await until('a whole screen', async () => isWhole(await terminal.screen(), 100));
  await terminal.type('/');
  await terminal.paste(file);
  await terminal.shows('filter sy ry q');
  await terminal.type('Escape');
  await until('a whole screen', async () => isWhole(await terminal.screen(), 100));
  expect(await leave(watched)).toBe(before);
  await expectUntouched(watched);
});

test('escape sequences that nobody knows do nothing', async () => {
  const watched = await sitDown();
  const { terminal } = watched;
  const before = await stateOf(terminal);
  await openConsole(watched);
  const unknown = [
    '\u001b[99~',
    '\u001b[1;9Z',
    '\u001b[<64;1',
    '\u001b]52;c;?\u0007',
    '\u001bP1$r0m\u001b\\',
    '\u001b[?1;2c',
    '\u001b_Gi=1\u001b\\',
    '\u001bOZ',
    '\u009b5n',
  ];
  for (let round = 0; round < 5; round++) for (const sequence of unknown) await terminal.type('-l', '--', sequence);
  // The end of all that is known when a key after it has its effect.
  await terminal.type('Escape');
  await terminal.type('?');
  await terminal.shows('Every key');
  await terminal.type('Escape');
  await until('a whole screen', async () => isWhole(await terminal.screen(), 100));
  expect(await leave(watched)).toBe(before);
  await expectUntouched(watched);
});

test('Ctrl-Z gives the terminal back as it was, ten times, and fg brings the whole screen', async () => {
  const watched = await sitDown();
  const { terminal } = watched;
  const before = await stateOf(terminal);
  await openConsole(watched);
  for (let round = 0; round < 10; round++) {
    await terminal.type('C-z');
    await terminal.shows(/Stopped[\s\S]*^ready>$/m);
    if (round % 5 === 0) expect(await stateOf(terminal)).toBe(before);
    await terminal.type('clear; fg', 'Enter');
    await until('a whole screen', async () => isWhole(await terminal.screen(), 100));
  }
  expect(await leave(watched)).toBe(before);
  await expectUntouched(watched);
});

function consoleOf({ place, enginePid }: Watched): number {
  const found = place
    .living()
    .filter(
      ({ pid, commandLine }) => commandLine.includes('procsaver') && !commandLine.includes('tmux') && pid !== enginePid,
    );
  if (found.length !== 1) throw new Error(`not one console among ${JSON.stringify(place.living())}`);
  return found[0]?.pid ?? 0;
}

test('a console that is told to end gives the terminal back as it was, without a word', async () => {
  const watched = await sitDown();
  const { terminal } = watched;
  const before = await stateOf(terminal);
  await openConsole(watched);
  process.kill(consoleOf(watched), 'SIGTERM');
  const left = await terminal.shows(/^ready>$/m);
  expect(left).not.toMatch(/error|at .*\.ts|Exception/i);
  expect(await stateOf(terminal)).toBe(before);
  await expectUntouched(watched);
});

test('a console that is killed takes nobody with it, and the next one leaves the terminal as it ought to be', async () => {
  const watched = await sitDown();
  const { terminal } = watched;
  const before = await terminal.modes();
  await openConsole(watched);
  process.kill(consoleOf(watched), 'SIGKILL');
  await terminal.shows(/^ready>$/m);
  await expectUntouched(watched);
  // Nobody can tidy up after SIGKILL: the shell is still on the other screen, and Enter is no line feed there.
  await terminal.type('stty sane; clear; echo sane', 'C-j');
  // Until then Enter is no line feed, and what stands on the screen is the dead console's.
  await terminal.shows(/^sane$/m);
  await openConsole(watched);
  await leave(watched);
  expect(await terminal.modes()).toBe(before);
  await expectUntouched(watched);
});

test('a terminal that goes away takes its console with it, and nothing else', async () => {
  const watched = await sitDown();
  await openConsole(watched);
  const pid = consoleOf(watched);
  await watched.terminal.close();
  await until('an end of the console', () => livingAt(pid) === null);
  await expectUntouched(watched);
});
