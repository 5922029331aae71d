import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../source/profile/duration.ts';
import { formatSize, parseSize } from '../../source/profile/size.ts';

test.each([
  ['0s', 0],
  ['500ms', 500],
  ['10s', 10_000],
  ['5m', 300_000],
  ['24h', 86_400_000],
  ['30d', 2_592_000_000],
  ['1h30m', 5_400_000],
  ['1h 30m', 5_400_000],
  ['1d2h3m4s5ms', 93_784_005],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '10', '1.5h', '10 s', 's', '-1s', '1m1h', '1s1s', '5min', '1H', '9999999999999d'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test.each([
  [0, '0s'],
  [500, '500ms'],
  [1500, '1s500ms'],
  [60_000, '1m'],
  [5_400_000, '1h30m'],
  [86_400_000, '24h'],
  [129_600_000, '36h'],
  [172_800_000, '2d'],
  [2_592_000_000, '30d'],
])('%d ms is shown as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('every duration that is shown is read back exactly', () => {
  for (let exponent = 0; exponent < 36; exponent += 1) {
    for (const near of [-1, 0, 1, 7, 999, 59_999]) {
      const milliseconds = Math.max(0, 2 ** exponent + near);
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
    }
  }
});

test.each([
  ['0B', 0],
  ['100B', 100],
  ['64K', 65_536],
  ['512M', 536_870_912],
  ['2G', 2_147_483_648],
])('%s is %d bytes, and shown so', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
  expect(formatSize(bytes)).toBe(text);
});

test.each(['', '100', '1.5M', '1MB', '1m', '1M512K', '-1K'])('%j is no size', (text) => {
  expect(parseSize(text)).toBeNull();
});

test('every size that is shown is read back exactly', () => {
  for (let exponent = 0; exponent < 45; exponent += 1) {
    for (const near of [0, 1, 1024]) expect(parseSize(formatSize(2 ** exponent + near))).toBe(2 ** exponent + near);
  }
});
