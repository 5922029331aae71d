import { expect, test } from 'vitest';
import { inLanguage, paragraph, phrase } from '../../source/notices/phrase.ts';
import { phrases } from '../../source/notices/phrases.ts';

test('a phrase is told in Japanese with all that stands inside it', () => {
  const last = phrase('last-exit', { exit: phrase('killed-core', { signal: 'SIGSEGV' }) });
  const waits = phrase('why-backoff', { lastAlso: last });
  expect(waits).toBe('It waits a while before its next restart; it last ended with killed by SIGSEGV, core dumped.');
  expect(inLanguage(waits, 'ja')).toBe('次の再起動まで待機しています。前回の終了: SIGSEGV で終了、コアダンプあり。');
  expect(inLanguage('no heartbeat for 41 s, of which 33 s host starvation (steal)', 'ja')).toBe(
    'ハートビートが 41 秒 ありません。うち 33 秒 はホストの CPU 不足 (steal) の時間',
  );
});

test('what was measured, and what a program has said, stays as it is behind the phrase', () => {
  expect(inLanguage('3 probes in a row failed: HTTP 503 Service Unavailable', 'ja')).toBe(
    'プローブが 3 回続けて失敗しました: HTTP 503 Service Unavailable',
  );
  expect(inLanguage('memory above 512M for 1m (640M)', 'ja')).toBe(
    'memory が 512M を上回る状態 が 1m 続いています (640M)',
  );
});

test('a time, a command with its instance and a reason that somebody typed are each taken for what they are', () => {
  expect(inLanguage('It is paused by root until 00:50:39: disks: all.', 'ja')).toBe(
    'root が 00:50:39 まで休止しています: disks: all。',
  );
  expect(inLanguage('An operator stopped it; `procsaver start shop/api --instance night` brings it back.', 'ja')).toBe(
    '運用者が停止しました。`procsaver start shop/api --instance night` で起動します。',
  );
});

test('English, and words that are not ours, stay as they are', () => {
  expect(inLanguage('exit 1', 'en')).toBe('exit 1');
  for (const text of ['exit strategy', 'killed by the operator', 'disk full', ''])
    expect(inLanguage(text, 'ja')).toBe(text);
});

test('a text that is made to look like phrases within phrases is read in no time', () => {
  const long = `Given up: ${'1 restart within ('.repeat(400)} did not cure it`;
  const begun = performance.now();
  expect(inLanguage(long, 'ja')).toContain('1 restart within');
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test('sentences follow each other as the language has it', () => {
  const sentences = [phrase('why-launching'), phrase('next-try', { at: '03:12' })];
  expect(paragraph(sentences, 'en')).toBe('It is being started. The next try is at 03:12.');
  expect(paragraph(sentences, 'ja')).toBe('起動しています。次の試行は 03:12 です。');
});

test('both languages of a phrase say the same values', () => {
  const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
  /** What only English grammar needs. */
  const grammar = new Set(['restarts', 'are']);
  for (const [id, { en, ja }] of Object.entries(phrases))
    expect([id, ...names(ja)]).toEqual([id, ...names(en).filter((name) => !grammar.has(name))]);
});
