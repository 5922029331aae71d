import type { Language } from '../../notices/notice.ts';

/** What the stall inspection says. */
export const stallTexts = {
  'stalls-title': { en: 'Stalls: nearest first', ja: 'ストール: 期限に近い順' },
  'stalls-timer': { en: '1 timer', ja: 'タイマー 1 個' },
  'stalls-timers': { en: '{count} timers', ja: 'タイマー {count} 個' },
  'stalls-none': {
    en: 'No stall timer runs: no process that is up has a field `stall`, or all are paused.',
    ja: '動いているストールタイマーはありません。`stall` のある稼働中のプロセスがないか、休止中です。',
  },
  'stalls-of': { en: '{elapsed} of {limit}', ja: '{elapsed} / {limit}' },
  'stalls-failed': { en: '{count} of {limit} failed', ja: '失敗 {count}/{limit}' },
  'stalls-gone': { en: 'nothing of it lives', ja: '生きているものはありません' },
  'stalls-output': { en: 'last output {time} ago', ja: '最後の出力 {time} 前' },
  'stalls-no-output': { en: 'no output yet', ja: '出力はまだありません' },
  'thread-one': { en: '1 thread', ja: 'スレッド 1 本' },
  threads: { en: '{count} threads', ja: 'スレッド {count} 本' },
  'threads-more': { en: 'and {count} more', ja: 'ほか {count} 本' },
  'thread-running': { en: 'runs', ja: '実行' },
  'thread-sleeping': { en: 'sleeps', ja: '待機' },
  'thread-uninterruptible': { en: 'uninterruptible', ja: '割込不可' },
  'thread-stopped': { en: 'stopped', ja: '停止' },
  'thread-traced': { en: 'held by a tracer', ja: 'トレーサーが停止' },
  'thread-ended': { en: 'ended', ja: '終了' },
  'thread-still': { en: 'still {time}', ja: '{time} 動かず' },
  'help-stalls': { en: 'In the stalls', ja: 'ストール画面' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
