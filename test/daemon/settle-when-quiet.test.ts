import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settleWhenQuiet } from '../../source/daemon/settle-when-quiet.ts';

let state = {};
let settled = 0;
let collected = 0;
let ending = new AbortController();
beforeEach(() => {
  vi.useFakeTimers();
  settled = 0;
  collected = 0;
  ending = new AbortController();
});
afterEach(() => {
  ending.abort();
  vi.useRealTimers();
});

const begin = () =>
  settleWhenQuiet({
    state: () => state,
    settle: () => {
      settled += 1;
    },
    collect: () => {
      collected += 1;
    },
    pause: (ms) =>
      new Promise<void>((resolve, reject) => {
        setTimeout(resolve, ms);
        ending.signal.addEventListener('abort', () => reject(ending.signal.reason as Error));
      }),
  });

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

test('memory is given back when nothing has happened for three seconds', async () => {
  void begin();
  await seconds(2.9);
  expect(settled).toBe(0);
  await seconds(0.2);
  expect(settled).toBe(1);
});

test('it waits while something happens, for a minute at most', async () => {
  const happening = setInterval(() => {
    state = {};
  }, 1000);
  void begin();
  await seconds(59);
  expect(settled).toBe(0);
  await seconds(2);
  expect(settled).toBe(1);
  clearInterval(happening);
});

test('what has been left behind since is given back every ten minutes, when it is quiet', async () => {
  void begin();
  await seconds(3);
  await seconds(600);
  expect(collected).toBe(0);
  await seconds(3);
  expect(collected).toBe(1);
  await seconds(603);
  expect([settled, collected]).toEqual([1, 2]);
});

test('an engine that has ended gives back nothing', async () => {
  const done = begin();
  ending.abort();
  await done;
  await seconds(10_000);
  expect(settled).toBe(0);
});
