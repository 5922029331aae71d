// Two consoles on one engine, each with a terminal in memory: a frame is seen the moment that it is written.
import { userInfo } from 'node:os';
import { expect, onTestFailed, onTestFinished, test } from 'vitest';
import { openConsole } from '../../source/console/open.tsx';
import { connectEngine } from '../../source/control/client.ts';
import { type FakeTerminal, fakeTerminal } from '../console/terminal.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine, watch } from './tested-engine.ts';
import type { Workplace } from './workplace.ts';

const shop = `groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
      worker:
        command: [sleep, "86402"]
        dependsOn: { api: started }
`;

const withinMs = 100;
const ROUNDS = 5;

async function sitDown(place: Workplace): Promise<FakeTerminal> {
  const screen = fakeTerminal(100, 30);
  const connect = () => connectEngine(place.controlSocket);
  const engine = await connect();
  const left = openConsole({
    engine,
    connect,
    embedded: false,
    language: 'en',
    terminal: { ...screen.terminal, now: Date.now },
  });
  onTestFailed(() => console.log(`The screen at the end:\n${screen.frame()}`));
  onTestFinished(async () => {
    screen.press('Ctrl-C');
    await left;
    engine.close();
  });
  await screen.until((frame) => /worker .*running/.test(frame));
  return screen;
}

/** From the last key on one console to the frame of the other that shows what came of it. */
async function tookMs(press: () => void, other: FakeTerminal, shown: RegExp): Promise<number> {
  const begun = performance.now();
  press();
  await other.until((frame) => shown.test(frame));
  return performance.now() - begun;
}

test('what an operator does on one console stands on the other within 100 ms, with the name of who did it', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  await place.running(['shop/api', 'shop/worker']);
  const mine = await sitDown(place);
  const theirs = await sitDown(place);
  const me = userInfo().username;

  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const why = `patching ${round}`;
    mine.press('p', ...why);
    await mine.until((frame) => frame.includes(`${why}▏`));
    const paused = new RegExp(`⏸ (?:paused by )?${me},? until .*${why}[^]*paused by ${me}`);
    took.push(await tookMs(() => mine.press('Enter'), theirs, paused));
    // The one who did it may see it last: until then `shop up` and the resume of the round before stand on his screen.
    await mine.until((frame) => paused.test(frame));
    took.push(await tookMs(() => theirs.press('p'), mine, new RegExp(`▾ shop +up[^]*shop resumed by ${me}`)));
  }
  const sorted = took.sort((a, b) => a - b);
  process.stderr.write(`From a key on one console to the screen of another, in ms: ${sorted.map(Math.round)}\n`);
  // The machine of the tests is shared: rounds that had to wait for a CPU say nothing about the console.
  expect(sorted[2]).toBeLessThan(withinMs);
});

test('an engine that is killed is told of at once; the console goes on with the next one, as it stands by then', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  const before = await place.running(['shop/api', 'shop/worker']);
  const mine = await sitDown(place);
  mine.press('Down', 'Enter');
  await mine.until((frame) => frame.includes('shop/api  ● running'));

  process.kill(engine.pid, 'SIGKILL');
  await mine.until((frame) => /no connection to the engine, again in \ds/.test(frame));
  mine.press('r');
  await mine.until((frame) => frame.includes('There is no connection to the engine now.'));

  await startEngine(place, place.path('profile.yaml'));
  // The same process, and what the next engine has said of it.
  await mine.until((frame) => !frame.includes('connection') && frame.includes(`pid ${before[0]}, adopted`));
  expect(mine.frame()).toContain(`shop/api  ● running   pid ${before[0]}`);
});
