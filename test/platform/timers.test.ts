import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeapTimers } from '../../source/platform/timers.ts';

let nowMs = 0;
let timers: HeapTimers;
let rung: string[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  nowMs = 1_000_000;
  rung = [];
  timers = new HeapTimers({ now: () => ({ monoMs: nowMs, wallMs: 0 }), bootId: () => 'boot' });
});
afterEach(() => {
  timers.close();
  vi.useRealTimers();
});

const set = (key: string, inMs: number) => timers.set(key, nowMs + inMs, () => rung.push(key));
function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed++) {
    nowMs += 1;
    vi.advanceTimersByTime(1);
  }
}

test('timers ring once, in the order of their times', () => {
  set('later', 20);
  set('soon', 10);
  set('now', 0);
  pass(9);
  expect(rung).toEqual(['now']);
  pass(11);
  expect(rung).toEqual(['now', 'soon', 'later']);
  pass(100);
  expect(rung).toHaveLength(3);
});

test('setting a key again replaces its timer, clearing forgets it', () => {
  set('a', 10);
  set('a', 30);
  set('b', 10);
  timers.clear('b');
  pass(29);
  expect(rung).toEqual([]);
  pass(1);
  expect(rung).toEqual(['a']);
});

test('what a timer sets when it rings is set, and may ring itself away', () => {
  timers.set('again', nowMs + 5, () => {
    rung.push('first');
    set('again', 5);
    timers.clear('victim');
  });
  set('victim', 5);
  pass(10);
  expect(rung).toEqual(['first', 'again']);
});

test('many thousand timers hang on one timeout, and nothing wakes between them', () => {
  for (let index = 0; index < 10_000; index++) set(`key ${index}`, 1_000_000 + (index % 100));
  for (let index = 0; index < 10_000; index++) set(`key ${index}`, 2_000_000 + (index % 100));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersToNextTimer();
  nowMs += 2_000_000;
  vi.advanceTimersToNextTimer();
  nowMs += 100;
  vi.advanceTimersToNextTimer();
  expect(rung).toHaveLength(10_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('times in the far future and in any order ring in order', () => {
  const times = [5, 3, 9, 1, 7, 3, 8, 2, 6, 4];
  times.forEach((time, index) => {
    set(`${time}.${index}`, time);
  });
  set('next month', 40 * 24 * 3600 * 1000);
  pass(10);
  expect(rung.map(Number.parseFloat).map(Math.floor)).toEqual([...times].sort((a, b) => a - b));
  expect(vi.getTimerCount()).toBe(1);
});
