import type { Language } from '../../notices/notice.ts';
import { fillIn, type Text, type Values } from '../messages.ts';

/** What stands in the list of incidents and in the summary of one. */
const words = {
  when: { en: 'WHEN', ja: '日時' },
  process: { en: 'PROCESS', ja: 'プロセス' },
  sameAs: { en: 'SAME AS', ja: '同種' },
  what: { en: 'WHAT', ja: '内容' },
  removed: { en: 'removed since', ja: '削除済み' },
  ended: { en: 'ended', ja: '終了' },
  like: { en: 'like', ja: '同種' },
  isNew: { en: 'none before it', ja: 'これが最初' },
  isSame: {
    en: 'the same as #{number}, {times|time|times} since {since}',
    ja: '#{number} と同じ、{since} から {times} 回',
  },
  ran: { en: 'process', ja: 'プロセス' },
  pid: { en: 'pid {pid}', ja: 'pid {pid}' },
  uptime: { en: 'up {time}', ja: '稼働 {time}' },
  by: { en: 'as {user}', ja: '利用者 {user}' },
  in: { en: 'in {directory}', ja: '場所 {directory}' },
  command: { en: 'command', ja: 'コマンド' },
  cost: { en: 'cost', ja: '所要' },
  costs: { en: '{tookMs} ms ({parts})', ja: '{tookMs} ms ({parts})' },
  costsAll: { en: '{tookMs} ms', ja: '{tookMs} ms' },
  outage: {
    en: 'the restart waited {outageMs} ms for it',
    ja: '再起動を {outageMs} ms 待たせました',
  },
  noOutage: { en: 'nothing waited for it', ja: '何も待たせていません' },
  missing: { en: 'not taken', ja: '未採取' },
  folder: { en: 'folder', ja: 'フォルダー' },
  files: { en: 'files', ja: 'ファイル' },
  comma: { en: ', ', ja: '、' },
} as const satisfies Readonly<Record<string, Text>>;

export function evidenceWord(id: keyof typeof words, language: Language, values: Values = {}): string {
  return fillIn(words[id][language], values);
}
