import { expect, test } from 'vitest';
import type { Notice } from '../../source/notices/notice.ts';
import { noticeLine, noticeText } from '../../source/notices/text.ts';

const about: Omit<Notice, 'id' | 'parameters'> = {
  atMs: 0,
  group: 'shop',
  process: 'api',
  instance: { slot: 1, pid: 4431 },
  by: null,
};

test('a notice is a whole sentence in both languages', () => {
  const up: Notice = { ...about, id: 'process.up', parameters: { how: 'adopted', pid: 4431 } };
  expect(noticeText(up, 'en')).toBe('shop/api is up (pid 4431, adopted)');
  expect(noticeText(up, 'ja')).toBe('shop/api が起動しました (pid 4431, 引き継ぎ)');
});

test('the text is in the language asked for, the reason in English for programs', () => {
  const down: Notice = { ...about, id: 'process.down', parameters: { reason: { signal: 'SIGSEGV', core: true } } };
  const { text, reason } = noticeLine(down, 'ja');
  expect(text).toBe('shop/api が停止しました: SIGSEGV で終了、コアダンプあり');
  expect(reason).toBe('killed by SIGSEGV, core dumped');
});

test('a second copy is named by its slot', () => {
  const down: Notice = {
    ...about,
    id: 'process.down',
    instance: { slot: 2, pid: 7 },
    parameters: { slot: 2, reason: { code: 1 } },
  };
  expect(noticeText(down, 'en')).toBe('shop/api#2 went down: exit 1');
});

test('a time is written as its reader has it on his clock, and stays what it is for programs', () => {
  const paused: Notice = {
    ...about,
    id: 'operator.paused',
    by: 'ops1',
    parameters: { target: 'shop', until: '2026-11-22T05:30:00.000Z', why: 'patching' },
  };
  expect(noticeText(paused, 'en', (ms) => `second ${ms / 1000}`)).toBe(
    'shop paused by ops1 until second 1795325400: patching',
  );
  expect(noticeText(paused, 'en')).toContain('until 2026-11-22T05:30:00.000Z:');
  expect(noticeLine(paused, 'ja', () => '14:30')).toMatchObject({
    text: 'shop の監視を ops1 が 14:30 まで休止しました: patching',
    parameters: { until: '2026-11-22T05:30:00.000Z' },
  });
});

test('one is told from many', () => {
  const gaveUp = (limit: number): Notice => ({
    ...about,
    id: 'process.gave-up',
    parameters: { limit, within: '24h', reason: { code: 1 } },
  });
  expect(noticeText(gaveUp(1), 'en')).toBe('shop/api is given up: 1 restart within 24h did not cure it (exit 1)');
  expect(noticeText(gaveUp(3), 'en')).toBe('shop/api is given up: 3 restarts within 24h did not cure it (exit 1)');
});

test('of which earlier incident it is another case is told in each language, with its time on the clock of the reader', () => {
  const taken: Notice = {
    ...about,
    id: 'dump.taken',
    parameters: {
      number: 13,
      tookMs: 61,
      folder: '/e/13',
      missing: '',
      same: ', the same as #12 (9 times since 2026-11-17T03:00:00.000Z)',
      sameAs: 12,
      times: 9,
      since: '2026-11-17T03:00:00.000Z',
    },
  };
  expect(noticeText(taken, 'en', () => 'Tuesday')).toContain(', the same as #12 (9 times since Tuesday)');
  expect(noticeText(taken, 'ja', () => '11-17')).toContain('#12 と同じ、11-17 から 9 回');
});

test.each([
  [240, '240 ms', '240 ミリ秒'],
  [1092, '1.1 s', '1.1 秒'],
  [304_000, '5 min 4 s', '5 分 4 秒'],
  [8_040_000, '2 h 14 min', '2 時間 14 分'],
])('%d ms are told as a person says them', (tookMs, english, japanese) => {
  const notice: Notice = { ...about, id: 'process.ready', parameters: { tookMs } };
  expect(noticeText(notice, 'en')).toContain(`ready after ${english}`);
  expect(noticeText(notice, 'ja')).toContain(japanese);
});
