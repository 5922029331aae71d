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
