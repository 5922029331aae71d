import type { GroupState, PauseStatus, ProcessState, ProcessStatus, SlotStatus } from '../engine/status.ts';
import { left } from '../format/duration.ts';
import type { Language } from '../notices/notice.ts';
import { fillIn, type Text, type Values } from './messages.ts';
import { shownMoment } from './moment.ts';

/** What stands in the status table. English states are the words that scripts look for. */
const words = {
  name: { en: 'NAME', ja: '名前' },
  state: { en: 'STATE', ja: '状態' },
  pid: { en: 'PID', ja: 'PID' },
  up: { en: 'UP', ja: '稼働' },
  restarts: { en: 'RESTARTS', ja: '再起動' },
  stall: { en: 'STALL', ja: 'ストール' },
  says: { en: 'says: {text}', ja: '申告: {text}' },
  cpu: { en: 'CPU', ja: 'CPU' },
  memory: { en: 'MEM', ja: 'メモリ' },
  count: { en: '{state}, {living} of {expected}', ja: '{state} {living}/{expected}' },
  missing: { en: 'missing', ja: '不足' },
  stalled: { en: 'stalled ({rule})', ja: 'ストール ({rule})' },
  next: { en: '{state}, {left} left', ja: '{state} 残り {left}' },
  and: { en: '{state}, paused', ja: '{state}、休止中' },
  paused: { en: 'paused by {by} until {until}: {why}', ja: '{by} が {until} まで休止: {why}' },
  pausedOpen: { en: 'paused by {by} until resumed: {why}', ja: '{by} が再開するまで休止: {why}' },
  noReason: { en: '(no reason given)', ja: '(理由なし)' },
  override: {
    en: '{field} = {value}, changed by {by} {at}, not saved',
    ja: '{field} = {value} ({by} が {at} に変更、未保存)',
  },
  needs: { en: 'needs {name} {condition}', ja: '{name} の {condition} を待機' },
  engine: {
    en: '{host}, instance {instance}: procsaver {version}, pid {pid}, up {up}',
    ja: '{host}、インスタンス {instance}: procsaver {version}、pid {pid}、稼働 {up}',
  },
  problems: {
    en: 'The last reload was refused, the profiles have {count|problem|problems}:',
    ja: '前回の再読み込みは拒否されました。プロファイルの問題 {count} 件:',
  },
  nothing: { en: 'Nothing is watched: no profile names a process.', ja: '監視対象がありません。' },
  processes: { en: '{count|process|processes}', ja: 'プロセス {count}' },
  census: { en: '{count} {word}', ja: '{word} {count}' },
  comma: { en: ', ', ja: '、' },
  pausedCount: { en: 'paused', ja: '休止' },
  stalledCount: { en: 'stalled', ja: 'ストール' },
} as const satisfies Readonly<Record<string, Text>>;

const states: Readonly<Record<ProcessState | GroupState, Text>> = {
  stopped: { en: 'stopped', ja: '停止' },
  waiting: { en: 'waiting', ja: '待機' },
  starting: { en: 'starting', ja: '起動中' },
  running: { en: 'running', ja: '実行中' },
  stopping: { en: 'stopping', ja: '停止中' },
  backoff: { en: 'backoff', ja: '再起動待ち' },
  exited: { en: 'exited', ja: '終了' },
  fatal: { en: 'fatal', ja: '断念' },
  up: { en: 'up', ja: '正常' },
  degraded: { en: 'degraded', ja: '一部異常' },
  down: { en: 'down', ja: '停止' },
  recovering: { en: 'recovering', ja: '回復中' },
};

export function word(id: keyof typeof words, language: Language, values: Values = {}): string {
  return fillIn(words[id][language], values);
}

export function stateWord(state: ProcessState | GroupState, language: Language): string {
  return states[state][language];
}

/** `running`, `running, 3 of 4`, `backoff, 8s left`, `stalled (output), paused` */
export function stateText(process: ProcessStatus, nowMs: number, language: Language): string {
  const told = withoutPause(process, nowMs, language);
  return process.paused === null ? told : word('and', language, { state: told });
}

function withoutPause(process: ProcessStatus, nowMs: number, language: Language): string {
  if (process.stalled !== null) return word('stalled', language, { rule: process.stalled.rule });
  const { state, expected, instances, slots } = process;
  const [slot] = slots;
  const alone = expected === 1 && slot !== undefined && slots.length === 1;
  if (alone && state === 'running' && instances.length === 0) return word('missing', language);
  if (alone) return withDeadline(slot, nowMs, language);
  const living = instances.length;
  const isPlain = state === 'stopped' || state === 'exited';
  return isPlain
    ? stateWord(state, language)
    : word('count', language, { state: stateWord(state, language), living, expected });
}

/** Only waits that end in something new are worth their seconds. */
const waits: readonly ProcessState[] = ['backoff', 'stopping', 'starting'];

export function withDeadline(
  { state, nextAt }: Pick<SlotStatus, 'state' | 'nextAt'>,
  nowMs: number,
  language: Language,
): string {
  if (nextAt === null || !waits.includes(state)) return stateWord(state, language);
  return word('next', language, { state: stateWord(state, language), left: left(Date.parse(nextAt) - nowMs) });
}

export function pauseText({ by, why, until }: PauseStatus, nowMs: number, language: Language): string {
  const reason = why === '' ? word('noReason', language) : why;
  if (until === null) return word('pausedOpen', language, { by, why: reason });
  return word('paused', language, { by, why: reason, until: shownMoment(Date.parse(until), nowMs) });
}
