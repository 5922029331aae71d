import { expect, test } from 'vitest';
import { catalogue } from '../../source/notices/catalogue.ts';

test('every notice has a number of its own that the event log of Windows has a text for', () => {
  const numbers = Object.values(catalogue).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(1000);
});

test('numbers that sites alert on stay what they are', () => {
  const {
    'process.down': down,
    'process.gave-up': gaveUp,
    'engine.stopped': stopped,
    'sink.failed': failed,
  } = catalogue;
  expect([down.number, gaveUp.number, stopped.number, failed.number]).toEqual([203, 207, 102, 520]);
});
