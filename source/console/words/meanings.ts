import type { Language } from '../../notices/notice.ts';

/** What the words and signs of the screens mean, on the page of keys. */
export const meanings = {
  'help-groups': { en: 'What is said of a group', ja: 'グループの状態' },
  'help-rules': { en: 'What the stall rules call stalled', ja: 'ストールの規則' },
  'means-mark': { en: 'marked: the next action takes it along', ja: '選択中。次の操作の対象' },
  'means-up': { en: 'every member is as it should be', ja: '全てのプロセスが正常' },
  'means-degraded': { en: 'some member does not run, others do', ja: '動いていないプロセスがある' },
  'means-recovering': { en: 'members are being brought up or down', ja: '起動または停止の途中' },
  'means-down': { en: 'nothing of it runs', ja: '何も動いていない' },
  'means-fatal': {
    en: 'a member was given up; clear (c) tries again',
    ja: '断念したプロセスがある。解除 (c) で再試行',
  },
  'means-heartbeat': { en: 'heartbeat: no sign of life came for so long', ja: '生存の合図がない' },
  'means-output': { en: 'nothing was written for so long', ja: '何も出力していない' },
  'means-cpu': { en: 'no CPU time was used for so long', ja: 'CPU 時間が進まない' },
  'means-spinning': { en: 'spinning: so much CPU was used without a break for so long', ja: 'CPU を使い続けている' },
  'means-blocked': {
    en: 'blocked: all of it hangs in the kernel, or is halted, for so long',
    ja: '全スレッドがカーネル内で待つか停止したまま',
  },
  'means-window': { en: 'its window does not answer (Windows)', ja: 'ウィンドウが応答しない (Windows)' },
  'means-probe': { en: 'so many probes in a row have failed', ja: '確認が続けて失敗した' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
