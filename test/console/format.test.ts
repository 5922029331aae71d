import { describe, expect, test } from 'vitest';
import { commandLine } from '../../source/console/action/command-line.ts';
import { moment, nextTime } from '../../source/console/format/clock.ts';
import { typed } from '../../source/console/format/value.ts';
import { clean, fitText, tailOf, wrap } from '../../source/console/format/width.ts';
import { fitLine, lineWidth, paint, span } from '../../source/console/view/line.ts';
import { memory, percent } from '../../source/format/amount.ts';
import { lasted, left } from '../../source/format/duration.ts';
import { widthOf } from '../../source/format/width.ts';
import { nowMs } from './fixtures.ts';

test.each([
  [0, '0s'],
  [59_999, '59s'],
  [61_000, '1m'],
  [7_260_000, '2h 01m'],
  [90_000_000, '1d 01h'],
])('%i ms have lasted %s', (ms, text) => expect(lasted(ms)).toBe(text));

test('what is left is rounded up, so that it never shows 0 before it is due', () => {
  expect(left(1)).toBe('1s');
  expect(left(-5)).toBe('0s');
});

test('memory has three figures at most', () => {
  expect([999, 88 * 2 ** 20, 1.44 * 2 ** 30, 12.2 * 2 ** 30].map(memory)).toEqual(['999B', '88M', '1.4G', '12G']);
  expect([0.04, 12.34, 340].map(percent)).toEqual(['0.0%', '12.3%', '340%']);
});

test('a time names its day when it is not today', () => {
  expect(moment(nowMs + 3_600_000, nowMs, 'en')).toBe('14:02');
  expect(moment(nextTime(9, 0, nowMs), nowMs, 'en')).toBe('tomorrow 09:00');
});

test('what is typed is read as YAML would read it', () => {
  expect(['3', ' true ', '24h', '[0, 143]', 'null'].map(typed)).toEqual([3, true, '24h', [0, 143], null]);
});

describe('widths', () => {
  test('wide characters count as two columns', () => {
    expect(widthOf('監視 ok')).toBe(7);
    expect(fitText('監視する', 5, '…')).toBe('監視…');
    expect(fitText('監視', 6, '…', 'right')).toBe('  監視');
    expect(tailOf('ab監視', 5)).toBe('b監視');
  });

  test('a line is exactly as wide as it is asked to be', () => {
    for (let width = 1; width < 20; width++) {
      expect(lineWidth(fitLine([span('名前 '), span('api', 'dim'), span(' 実行中')], width, '…'))).toBe(width);
    }
  });

  test('words are wrapped, and text without spaces is broken', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('監視を休止しています', 8)).toEqual(['監視を休', '止してい', 'ます']);
  });
});

test('nothing from outside can move the cursor or colour the screen', () => {
  expect(clean('a\u001b[2Jb\u0007\tc\u0085d')).toBe('ab  cd');
  expect(paint([span('\u001b]0;title\u0007x')], 'none')).toBe('x');
});

test('a request is shown as the command that does the same, quoted for the shell', () => {
  const pause = { verb: 'pause', target: 'shop', why: "don't touch", untilMs: nowMs + 30 * 60_000 } as const;
  expect(commandLine(pause, nowMs)).toBe("procsaver pause shop --for 30m --why 'don'\\''t touch'");
  expect(commandLine({ verb: 'resume', target: '*' }, nowMs)).toBe('procsaver resume --all');
  const set = { verb: 'set', target: 'a/b', values: { 'restart.within': '1h' } } as const;
  expect(commandLine(set, nowMs)).toBe('procsaver set a/b restart.within=1h');
});
