import type { Severity } from './severity.ts';

export type NoticeId = keyof typeof catalogue;

export interface NoticeEntry {
  readonly severity: Severity;
  /** `{name}` stands for a parameter; `{process}` and `{group}` for the names; `{limit|restart|restarts}` for a number and its noun. */
  readonly en: string;
  readonly ja: string;
  /** When it is written, for the generated page. */
  readonly when: string;
}

/** Every notice there is. Ids and severities are stable: sites alert on them. */
export const catalogue = {
  'engine.started': {
    severity: 'info',
    en: 'procsaver {version} watches {processes|process|processes} (pid {pid})',
    ja: 'procsaver {version} が {processes} 個のプロセスの監視を開始しました (pid {pid})',
    when: 'the engine has loaded its profiles and watches',
  },
  'engine.recovered': {
    severity: 'warning',
    en: 'took over from an engine that ended without warning: {adopted|process|processes} adopted, {lost|was|were} gone',
    ja: '異常終了したエンジンから引き継ぎました: {adopted} 個のプロセスを継続監視、{lost} 個は消失していました',
    when: 'an engine starts and finds the state of one that did not end in order',
  },
  'engine.stopped': {
    severity: 'info',
    en: 'procsaver stops watching ({reason}); the processes are left as they are',
    ja: 'procsaver は監視を終了します ({reason})。プロセスには触れません',
    when: 'the engine ends in order',
  },
  'profile.loaded': {
    severity: 'info',
    en: 'profile in force: {added} added, {removed} removed, {changed} changed',
    ja: 'プロファイルを適用しました: 追加 {added}、削除 {removed}、変更 {changed}',
    when: 'a profile was read or read again',
  },
  'profile.rejected': {
    severity: 'error',
    en: 'the profile was not applied ({count|problem|problems}): {reason}',
    ja: 'プロファイルは適用されませんでした (問題 {count} 件): {reason}',
    when: 'a reload found problems; the running profile stays in force',
  },
  'process.starting': {
    severity: 'info',
    en: '{process} is being started',
    ja: '{process} を起動しています',
    when: 'a process, or its restart script, is started',
  },
  'process.up': {
    severity: 'info',
    en: '{process} is up (pid {pid}, {how})',
    ja: '{process} が起動しました (pid {pid}, {how})',
    when: 'an instance lives: started, found or adopted',
  },
  'process.ready': {
    severity: 'info',
    en: '{process} is ready after {tookMs}',
    ja: '{process} は {tookMs} で準備完了です',
    when: 'the readiness condition holds',
  },
  'process.down': {
    severity: 'error',
    en: '{process} went down: {reason}',
    ja: '{process} が停止しました: {reason}',
    when: 'an instance ended though nobody asked it to, or a start failed',
  },
  'process.exited': {
    severity: 'info',
    en: '{process} ended as it may: {reason}',
    ja: '{process} は正常に終了しました: {reason}',
    when: 'an instance ended and its profile says that it may',
  },
  'process.stopped': {
    severity: 'info',
    en: '{process} was stopped: {reason}',
    ja: '{process} を停止しました: {reason}',
    when: 'an instance ended after it was asked to',
  },
  'process.restarting': {
    severity: 'warning',
    en: '{process} is restarted, {count} of {limit} within {within}, in {delayMs}',
    ja: '{process} を再起動します ({within} 以内に {count}/{limit} 回目、{delayMs}後)',
    when: 'a restart after a failure, each time',
  },
  'process.gave-up': {
    severity: 'critical',
    en: '{process} is given up: {limit|restart|restarts} within {within} did not cure it ({reason})',
    ja: '{process} の再起動を断念しました: {within} 以内に {limit} 回再起動しても回復しません ({reason})',
    when: 'the restart limit is reached, once',
  },
  'process.missing': {
    severity: 'error',
    en: '{process} is missing: {reason}',
    ja: '{process} が見つかりません: {reason}',
    when: 'nothing, or too little, matches an entry',
  },
  'process.extra': {
    severity: 'warning',
    en: '{process} is there too often: {reason} ({pids})',
    ja: '{process} が多すぎます: {reason} ({pids})',
    when: 'more instances match an entry than it may have',
  },
  'process.left-over': {
    severity: 'error',
    en: '{process} was stopped, but these of its tree could not be killed: {pids}',
    ja: '{process} を停止しましたが、次の子孫プロセスを終了できませんでした: {pids}',
    when: 'a tree could not be killed wholly',
  },
  'process.stalled': {
    severity: 'error',
    en: '{process} is stalled: {reason}',
    ja: '{process} がストールしています: {reason}',
    when: 'a stall rule has run out; said once until it holds again',
  },
  'process.stall-ended': {
    severity: 'info',
    en: '{process} is no longer stalled: {rule} had run out for {tookMs}',
    ja: '{process} のストールは解消しました ({rule}、{tookMs} 継続)',
    when: 'a stall ended by itself, or is not asked after any more: its rule was changed, or its process paused',
  },
  'process.stall-excused': {
    severity: 'info',
    en: '{process} is not stalled: {reason}',
    ja: '{process} はストールではないと判断しました: {reason}',
    when: 'a stall rule would have run out, but the process could not have run meanwhile; said once until it holds again',
  },
  'process.rule-broken': {
    severity: 'warning',
    en: '{process} breaks a rule: {reason}',
    ja: '{process} が規則の範囲を外れています: {reason}',
    when: 'a resource rule was broken for as long as it says; said once until it holds again',
  },
  'process.rule-kept': {
    severity: 'info',
    en: '{process} keeps its rule again, after {tookMs} of {reason}',
    ja: '{process} は規則の範囲に戻りました ({reason}、{tookMs} 継続)',
    when: 'a broken resource rule holds again',
  },
  'process.probe-warned': {
    severity: 'warning',
    en: '{process}: the probe warns: {reason}',
    ja: '{process}: プローブが警告を返しました: {reason}',
    when: 'a Monitoring Plugins probe exits with 1 (warning) or 3 (unknown); said once until the verdict changes',
  },
  'message.refused': {
    severity: 'warning',
    en: '{said} from pid {pid} ({who}) was refused: {reason}',
    ja: 'pid {pid} ({who}) からの {said} を拒否しました: {reason}',
    when: 'a message on NOTIFY_SOCKET comes from a process that does not belong to what it speaks for; at most once a minute for each sender',
  },
  'dump.taken': {
    severity: 'info',
    en: 'evidence of {process} taken as #{number} in {tookMs}{same}: {folder}{missing}',
    ja: '{process} の証拠を採取しました: #{number} ({tookMs}){same}: {folder}{missing}',
    when: 'the evidence of an incident is complete; `same` says of which earlier incident it is another case, `missing` what could not be taken',
  },
  'dump.failed': {
    severity: 'error',
    en: 'no evidence of {process}: {reason}',
    ja: '{process} の証拠を採取できませんでした: {reason}',
    when: 'the evidence of an incident could not be taken; monitoring goes on',
  },
  'group.restarting': {
    severity: 'warning',
    en: 'group {group} is restarted: {reason}',
    ja: 'グループ {group} を再起動します: {reason}',
    when: 'a whole group is restarted',
  },
  'group.gave-up': {
    severity: 'critical',
    en: 'group {group} is given up as a whole: {reason}',
    ja: 'グループ {group} 全体の再起動を断念しました: {reason}',
    when: 'a member of a group that is restarted as a whole, or with its dependants, was given up',
  },
  'storm.braked': {
    severity: 'warning',
    en: 'restart storm: {waiting|restart waits|restarts wait}, {perSecond} a second are let through',
    ja: '再起動が集中しています: {waiting} 件が待機中 (毎秒 {perSecond} 件まで)',
    when: 'more restarts come at once than the brake lets through; once a storm',
  },
  'operator.paused': {
    severity: 'warning',
    en: '{target} paused by {by} until {until}: {why}',
    ja: '{target} の監視を {by} が {until} まで休止しました: {why}',
    when: 'monitoring is suspended',
  },
  'operator.resumed': {
    severity: 'info',
    en: '{target} resumed by {by}; went down meanwhile: {missed}',
    ja: '{target} の監視を {by} が再開しました。休止中に停止したもの: {missed}',
    when: 'monitoring goes on',
  },
  'operator.started': {
    severity: 'info',
    en: '{target} started by {by}',
    ja: '{by} が {target} を起動しました',
    when: 'an operator starts something',
  },
  'operator.stopped': {
    severity: 'warning',
    en: '{target} stopped by {by}',
    ja: '{by} が {target} を停止しました',
    when: 'an operator stops something',
  },
  'operator.restarted': {
    severity: 'warning',
    en: '{target} restarted by {by}',
    ja: '{by} が {target} を再起動しました',
    when: 'an operator restarts something',
  },
  'operator.cleared': {
    severity: 'info',
    en: '{target} cleared by {by}: counters forgotten',
    ja: '{by} が {target} のカウンタを消去しました',
    when: 'an operator clears the counters',
  },
  'operator.changed': {
    severity: 'warning',
    en: '{target}: {field} changed from {from} to {to} by {by}',
    ja: '{by} が {target} の {field} を {from} から {to} に変更しました',
    when: 'a parameter is changed, or an override is undone',
  },
  'pause.expired': {
    severity: 'warning',
    en: 'the pause of {target} has ended; went down meanwhile: {missed}',
    ja: '{target} の休止期間が終わりました。休止中に停止したもの: {missed}',
    when: 'a pause reaches its end',
  },
  'action.failed': {
    severity: 'error',
    en: '{target}: {action} failed: {reason}',
    ja: '{target}: {action} に失敗しました: {reason}',
    when: 'the engine could not do what it wanted to',
  },
} as const satisfies Readonly<Record<string, NoticeEntry>>;
