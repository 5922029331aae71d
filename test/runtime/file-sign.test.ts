import { expect, test } from 'vitest';
import { type SeenFile, writtenAt } from '../../source/runtime/file-sign.ts';

const wallAtBoot = 1_700_000_000_000;

const seen = (monoMs: number, sizeBytes: number, writtenMonoMs: number, clockSetByMs = 0): SeenFile => ({
  mark: { sizeBytes, writtenAtMs: wallAtBoot + writtenMonoMs },
  at: { monoMs, wallMs: wallAtBoot + monoMs + clockSetByMs },
});

test('a file that is as it was gives no sign of life', () => {
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 5, 3_000))).toBeNull();
});

test('a write counts from the moment at which it was made, not from that at which it was seen', () => {
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 9, 25_000))).toBe(25_000);
});

test('a touch counts, and so does a file that appears', () => {
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 5, 25_000))).toBe(25_000);
  expect(writtenAt({ ...seen(10_000, 0, 0), mark: null }, seen(40_000, 0, 25_000))).toBe(25_000);
});

test('a file that is gone gives none', () => {
  expect(writtenAt(seen(10_000, 5, 3_000), { ...seen(40_000, 0, 0), mark: null })).toBeNull();
});

test.each([
  ['forwards', 3_600_000],
  ['forwards a little', 10_000],
  ['backwards', -3_600_000],
])('where the wall clock was set %s meanwhile the write counts as made now', (_, byMs) => {
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 9, 25_000, byMs))).toBe(40_000);
});

test('a time of writing that cannot be true is another machine’s clock', () => {
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 9, 900_000))).toBe(40_000);
  expect(writtenAt(seen(10_000, 5, 3_000), seen(40_000, 9, -900_000))).toBe(40_000);
});
