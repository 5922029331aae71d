import { expect, test } from 'vitest';
import { durationMs, momentPast, momentToCome, shownMoment, timestamp } from '../../source/cli/moment.ts';
import { now } from './run-command.ts';

const hour = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

test.each([
  ['18:00', '2026-11-22T09:00:00.000Z'],
  ['9:30', '2026-11-23T00:30:00.000Z'],
  ['13:00', '2026-11-23T04:00:00.000Z'],
  ['2026-12-01 06:00', '2026-11-30T21:00:00.000Z'],
  ['2026-12-01T06:00:30Z', '2026-12-01T06:00:30.000Z'],
  ['2026-12-01', '2026-11-30T15:00:00.000Z'],
])('a moment to come: %s', (text, expected) => {
  expect(iso(momentToCome('--until', text, now))).toBe(expected);
});

test.each(['25:00', '12:60', 'tomorrow', '2026-02-30 10:00', '2026-13-01', '12', ''])('%j is no moment', (text) => {
  expect(() => momentToCome('--until', text, now)).toThrow('badMoment');
});

test('a day that has passed is refused', () => {
  expect(() => momentToCome('--until', '2026-11-22 12:59', now)).toThrow('momentPast');
});

test.each([
  ['1h', now - hour],
  ['1h30m', now - 1.5 * hour],
  ['12:00', now - hour],
  ['14:00', now - 23 * hour],
  ['2026-11-22', now - 13 * hour],
])('since %s', (text, expected) => {
  expect(momentPast('--since', text, now)).toBe(expected);
});

test('a duration is something, and has a unit', () => {
  expect(durationMs('--for', '2h')).toBe(2 * hour);
  for (const text of ['0s', '2', 'two hours', '-1h']) expect(() => durationMs('--for', text)).toThrow('badDuration');
});

test('moments are shown on the local clock, with the day where it is another', () => {
  expect(shownMoment(now + hour, now)).toBe('14:00');
  expect(shownMoment(now + 24 * hour, now)).toBe('2026-11-23 13:00');
  expect(timestamp(now)).toBe('2026-11-22 13:00:00');
});
