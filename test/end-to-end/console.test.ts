import { expect, test } from 'vitest';
import { kill9AndAwait } from './killing.ts';
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
      api:
        command: [sleep, "86401"]
        restart: { limit: 9, backoff: { initial: 0s } }
      worker:
        command: [sleep, "86402"]
`;

/** What the shell's terminal is like; a program has to leave it the same. */
async function terminalOf(terminal: Tmux): Promise<{ settings: string; modes: string }> {
  await terminal.type('clear; stty -g; echo that-was-it', 'Enter');
  const screen = await terminal.shows(/^that-was-it$/m);
  return {
    settings: /^[0-9a-f:]{30,}$/m.exec(screen)?.[0] ?? '',
    modes: await terminal.modes(),
  };
}

async function openConsole(place: Workplace, ...words: string[]): Promise<Tmux> {
  const terminal = await Tmux.open(place, { columns: 100, rows: 30 });
  await terminal.type(`'${program}' ${words.join(' ')}`, 'Enter');
  await terminal.shows('api');
  return terminal;
}

test('the console in a terminal shows what runs, a death and the return before one’s eyes, and leaves the terminal as it was', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  const [api = 0, worker] = await place.running(['shop/api', 'shop/worker']);
  const terminal = await Tmux.open(place, { columns: 100, rows: 30 });
  const before = await terminalOf(terminal);
  await terminal.type("echo 'what stood here before'", 'Enter');
  await terminal.shows(/^what stood here before$/m);
  await terminal.type(`'${program}'`, 'Enter');

  const screen = await terminal.shows(new RegExp(`api .*running .*${api}`));
  expect(screen).toMatch(new RegExp(`worker .*running .*${worker}`));
  expect(screen).not.toContain('what stood here before');
  expect((await terminal.modes()).startsWith('1 ')).toBe(true);
  const next = await kill9AndAwait(place, 'shop/api');
  await terminal.shows(new RegExp(`api .*running .*${next} .*1 of 9`));
  expect(livingAt(api)).toBeNull();

  await terminal.resize(80, 24);
  await until('a screen for 80 columns', async () => {
    const lines = (await terminal.screen()).split('\n').map((line) => line.trimEnd());
    return lines.some((line) => /^─{80}$/.test(line)) && lines.some((line) => /worker .*running/.test(line));
  });
  await terminal.resize(100, 30);

  await terminal.type('q');
  const left = await terminal.shows(/^procsaver watches on without this console: procsaver opens it again$/m);
  expect(left).toMatch(/^what stood here before$/m);
  expect(await terminalOf(terminal)).toEqual(before);
  // It only looked: engine and processes go on.
  expect(await place.pids('shop/api')).toEqual([next]);
});

test('a console with the engine inside hands over to the background, and no process is touched', async () => {
  const place = placeOfTest();
  place.write('profile.yaml', shop);
  const terminal = await openConsole(place, 'profile.yaml');
  const pids = await place.running(['shop/api', 'shop/worker']);
  const inside = (await place.status()).engine.pid;
  await terminal.type('q');
  await terminal.shows('keep watching in the background');
  await terminal.type('b');
  const left = await terminal.shows(/^ready>$/m);
  const { pid } = (await place.status()).engine;
  expect(pid).not.toBe(inside);
  expect(left).toContain(`procsaver watches on in the background (pid ${pid})`);
  expect(await place.running(['shop/api', 'shop/worker'])).toEqual(pids);
  expect(place.notices().some(({ id }) => id === 'engine.recovered')).toBe(false);
  await kill9AndAwait(place, 'shop/api');
});

test('a console with the engine inside that stops watching says what goes on and what does not', async () => {
  const place = placeOfTest();
  place.write('profile.yaml', shop);
  const terminal = await openConsole(place, 'profile.yaml');
  const pids = await place.running(['shop/api', 'shop/worker']);
  await terminal.type('q');
  await terminal.shows('stop watching');
  await terminal.type('s');
  await terminal.shows(/^procsaver watches no more: the processes run on, and nobody restarts them$/m);
  expect(pids.map((pid) => livingAt(pid)?.pid)).toEqual(pids);
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a console with the engine inside that is ended by ${signal} leaves the processes to the next engine`, async () => {
    const place = placeOfTest();
    place.write('profile.yaml', shop);
    const terminal = await openConsole(place, 'profile.yaml');
    const pids = await place.running(['shop/api', 'shop/worker']);
    process.kill((await place.status()).engine.pid, signal);
    await terminal.shows(/^ready>$/m);
    // Nobody can tidy up after SIGKILL; any other end leaves the terminal as it was.
    if (signal !== 'SIGKILL') expect((await terminal.modes()).startsWith('0 1 ')).toBe(true);
    expect(pids.map((pid) => livingAt(pid)?.pid)).toEqual(pids);
    await watch(place, shop);
    expect(await place.running(['shop/api', 'shop/worker'])).toEqual(pids);
    expect(place.notices().some(({ id }) => id === 'engine.recovered')).toBe(signal === 'SIGKILL');
  });
}

test('a terminal that is closed takes nobody’s watching with it: the engine goes on in the background', async () => {
  const place = placeOfTest();
  place.write('profile.yaml', shop);
  const terminal = await openConsole(place, 'profile.yaml');
  const pids = await place.running(['shop/api', 'shop/worker']);
  const inside = (await place.status()).engine.pid;
  await terminal.close();
  await until('another engine', async () => {
    const status = await place.status().catch(() => null);
    return status !== null && status.engine.pid !== inside;
  });
  await until('an end of the console', () => livingAt(inside) === null);
  expect(await place.running(['shop/api', 'shop/worker'])).toEqual(pids);
  expect(place.notices().some(({ id }) => id === 'engine.recovered')).toBe(false);
});

test('an engine inside that an operator has ended stays ended when its terminal is closed', async () => {
  const place = placeOfTest();
  place.write('profile.yaml', shop);
  const terminal = await openConsole(place, 'profile.yaml');
  await place.running(['shop/api', 'shop/worker']);
  const inside = (await place.status()).engine.pid;
  await place.done('shutdown');
  await terminal.shows('no connection to the engine');
  await terminal.close();
  await until('an end of the console', () => livingAt(inside) === null);
  expect(place.notices().filter(({ id }) => id === 'engine.started')).toHaveLength(1);
});
