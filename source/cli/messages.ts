import { fillIn as fill } from '../notices/fill-in.ts';
import type { Language } from '../notices/notice.ts';

/** One sentence in every language; `{name}` stands for a value, `{count|problem|problems}` for a number and its noun. */
export type Text = Readonly<Record<Language, string>>;

export type Values = Readonly<Record<string, string | number>>;

/** What commands say. Each says what, to what, why, and what next. */
export const messages = {
  unknownCommand: {
    en: '"{word}" is neither a command nor a profile',
    ja: '"{word}" というコマンドもプロファイルもありません',
  },
  noSuchCommand: { en: 'there is no command "{word}"', ja: '"{word}" というコマンドはありません' },
  unknownFlag: { en: 'unknown flag {flag}', ja: '不明なオプション {flag} です' },
  flagOfOthers: {
    en: '{flag} does not belong to {command}, but to {others}',
    ja: '{flag} は {command} では使えません ({others} のオプションです)',
  },
  flagWithoutValue: { en: '{flag} needs a value: {flag} {value}', ja: '{flag} には値が必要です: {flag} {value}' },
  flagTwice: { en: '{flag} is given more than once', ja: '{flag} が二度以上指定されています' },
  flagsTogether: { en: '{one} and {other} exclude each other', ja: '{one} と {other} は同時に使えません' },
  didYouMean: { en: 'did you mean {word}?', ja: '{word} のことですか?' },
  missingTarget: {
    en: '{command} needs a TARGET: a group, group/process, group/process#2, a pid{all}',
    ja: '{command} には対象が必要です: グループ、グループ/プロセス、グループ/プロセス#2、pid{all}',
  },
  orAll: { en: ', or --all', ja: '、または --all' },
  targetAndAll: {
    en: '--all and the target "{target}" exclude each other',
    ja: '--all と対象 "{target}" は同時に使えません',
  },
  missingArgument: { en: '{command} needs {argument}', ja: '{command} には {argument} が必要です' },
  surplusArgument: {
    en: '{command} takes no further argument: "{argument}"',
    ja: '{command} の引数が多すぎます: "{argument}"',
  },
  badLanguage: { en: '--lang {value}: expected en or ja', ja: '--lang {value}: en または ja を指定してください' },
  badDuration: {
    en: '{flag} {value}: expected a duration such as 30m, 2h or 1h30m',
    ja: '{flag} {value}: 30m、2h、1h30m のような期間を指定してください',
  },
  badMoment: {
    en: '{flag} {value}: expected {expected}',
    ja: '{flag} {value}: {expected} の形で指定してください',
  },
  momentPast: { en: '{flag} {value}: that has passed', ja: '{flag} {value}: 過去の時刻です' },
  badCount: {
    en: '{flag} {value}: expected a whole number from 1',
    ja: '{flag} {value}: 1 以上の整数を指定してください',
  },
  badAssignment: {
    en: '"{value}" sets nothing: expected FIELD=VALUE such as restart.limit=5',
    ja: '"{value}" は FIELD=VALUE の形ではありません (例: restart.limit=5)',
  },
  fieldTwice: { en: '{field} is given more than once', ja: '{field} が二度以上指定されています' },
  moreHelp: { en: 'see {command}', ja: '詳しくは {command}' },

  noEngine: {
    en: 'no engine of instance "{instance}" is running (looked at {path}): start one with {command}',
    ja: 'インスタンス "{instance}" のエンジンは動いていません ({path} を調べました)。起動するには: {command}',
  },
  maybeRoot: {
    en: 'One of root may be running: try with sudo.',
    ja: 'root のエンジンが動いている可能性があります。sudo で試してください。',
  },
  notPermitted: {
    en: 'not permitted: {path} belongs to another user; run this as the user who started the engine, or as root',
    ja: '権限がありません: {path} は他の利用者のものです。エンジンを起動した利用者か root で実行してください',
  },
  engineGone: {
    en: 'lost the engine: {reason}; `procsaver status` tells whether what was asked for was done',
    ja: 'エンジンとの接続が切れました: {reason}。要求が実行されたかどうかは `procsaver status` で確認してください',
  },
  engineEnded: { en: 'the engine has ended', ja: 'エンジンが終了しました' },
  mistake: {
    en: 'a mistake in the program: {detail}',
    ja: 'プログラムの誤りです: {detail}',
  },

  paused: { en: '{target} is paused until {until}', ja: '{target} の監視を {until} まで休止しました' },
  pausedOpen: { en: '{target} is paused until it is resumed', ja: '{target} の監視を再開するまで休止しました' },
  resumed: { en: '{target} is watched again', ja: '{target} の監視を再開しました' },
  started: { en: '{target} is being started', ja: '{target} を起動します' },
  stopped: { en: '{target} is being stopped', ja: '{target} を停止します' },
  restarted: { en: '{target} is being restarted', ja: '{target} を再起動します' },
  cleared: { en: '{target}: counters forgotten', ja: '{target} のカウンタを消去しました' },
  badKind: {
    en: '--kind {value}: expected {kinds}, or several of them by commas',
    ja: '--kind {value}: {kinds} のいずれか、またはコンマ区切りで指定してください',
  },
  taking: { en: '{process}: {stage} ...', ja: '{process}: {stage} を採取中 ...' },
  taken: { en: '#{number}  {folder}', ja: '#{number}  {folder}' },
  sameAs: {
    en: '#{number} is the same as #{same}, {times|time|times} since {since}',
    ja: '#{number} は #{same} と同じです ({since} から {times} 回)',
  },
  notTaken: { en: '#{number}{missing}', ja: '#{number}{missing}' },
  dumpFailed: {
    en: '{process}: no evidence could be taken: {reason}',
    ja: '{process}: 証拠を採取できませんでした: {reason}',
  },
  dumpSilent: {
    en: '{target}: nothing was heard of the evidence for {seconds} s; it may still come: see `procsaver evidence list`',
    ja: '{target}: 証拠の採取について {seconds} 秒間何の知らせもありません。後から届くことがあります: `procsaver evidence list`',
  },
  noEvidenceWord: {
    en: 'evidence {word}: expected list, show or export',
    ja: 'evidence {word}: list、show、export のいずれかを指定してください',
  },
  /** In the words of whoever could not read or write it. */
  evidenceProblem: { en: '{problem}', ja: '{problem}' },
  noIncidents: {
    en: 'there is no evidence in {path}: nothing failed, nothing was to be kept, or it could not be taken (see `procsaver events`)',
    ja: '{path} に証拠はありません。障害がなかったか、残さない設定か、採取できませんでした (`procsaver events` を参照)',
  },
  noIncidentsOf: {
    en: 'there is no evidence of {target} in {path}; `procsaver evidence list` shows all',
    ja: '{path} に {target} の証拠はありません。すべてを見るには `procsaver evidence list`',
  },
  noSuchFile: {
    en: '#{number} has no file "{file}"; it has {files}',
    ja: '#{number} に "{file}" というファイルはありません。あるのは {files} です',
  },
  fileIsNoText: {
    en: '{path} is no text ({size}); open it where it lies',
    ja: '{path} はテキストではありません ({size})。直接開いてください',
  },
  exportedMemory: {
    en: '#{number}, all of its files, {size}: {files} holds the memory of the process as it was, secrets included; give it only to whom you would give those. In the other files secrets are masked, but look at them before you send them away',
    ja: '#{number} の全ファイル、{size}。{files} は当時のプロセスのメモリーそのもので、秘密の値も含みます。それらを知らせてよい相手にだけ渡してください。他のファイルの秘密の値は伏せてありますが、送る前に内容を確認してください',
  },
  exported: {
    en: '#{number}, all of its files, {size}: secrets are masked in it, but look at it before you send it away',
    ja: '#{number} の全ファイル、{size}。秘密の値は伏せてありますが、送る前に内容を確認してください',
  },
  changed: { en: '{target}: {fields}', ja: '{target}: {fields}' },
  undone: { en: '{target}: back to what the profile says', ja: '{target}: プロファイルの値に戻しました' },
  saved: { en: 'written into the profile', ja: 'プロファイルに書き込みました' },
  notSaved: {
    en: 'the change is in force, but was not written into the profile: {reason}',
    ja: '変更は有効ですが、プロファイルに書き込めませんでした: {reason}',
  },
  reloaded: {
    en: 'profiles in force: {added} added, {removed} removed, {changed} changed',
    ja: 'プロファイルを適用しました: 追加 {added}、削除 {removed}、変更 {changed}',
  },
  wouldReload: {
    en: 'a reload would bring: {added} added, {removed} removed, {changed} changed; nothing was changed now',
    ja: '読み直した場合: 追加 {added}、削除 {removed}、変更 {changed} (今は何も変更していません)',
  },
  isRestarted: { en: 'restarted', ja: '再起動' },
  notReloaded: {
    en: 'nothing was changed, the profiles have {count|problem|problems}; the running ones stay in force',
    ja: '何も変更していません。プロファイルに {count} 件の問題があり、現在のものが有効なままです',
  },
  notStarted: {
    en: 'nothing is watched: the profiles have {count|problem|problems}',
    ja: '監視を開始できません。プロファイルに {count} 件の問題があります',
  },
  checked: {
    en: 'OK: {groups|group|groups}, {processes|process|processes}',
    ja: 'OK: {groups} グループ、{processes} プロセス',
  },
  checkedElsewhere: {
    en: 'OK on {system}: {groups|group|groups}, {processes|process|processes}',
    ja: '{system} でも OK: {groups} グループ、{processes} プロセス',
  },
  warning: { en: 'warning: {problem}', ja: '警告: {problem}' },
  ended: {
    en: 'the engine has ended; the processes are left as they are',
    ja: 'エンジンを終了しました。プロセスには触れていません',
  },
  notEnded: {
    en: 'the engine was asked to end, but is still there after {seconds} s',
    ja: 'エンジンに終了を要求しましたが、{seconds} 秒たっても動いています',
  },
  fromJournal: {
    en: 'no engine is running; this is from the journal {path}',
    ja: 'エンジンは動いていません。ジャーナル {path} の内容です',
  },
  journalUnreadable: {
    en: 'the journal {path} cannot be read: {reason}',
    ja: 'ジャーナル {path} を読めません: {reason}',
  },
  noTerminal: {
    en: 'the console needs a terminal: use procsaver --daemon to watch without one, procsaver status to look',
    ja: 'コンソールには端末が必要です。端末なしで監視するには procsaver --daemon、状態を見るには procsaver status を使ってください',
  },
  otherProfiles: {
    en: 'the running engine of instance "{instance}" does not watch {profile}, but {running}; run a second engine with --instance NAME, or procsaver without a profile to see this one',
    ja: '動作中のインスタンス "{instance}" のエンジンが監視しているのは {profile} ではなく {running} です。別のエンジンを動かすには --instance NAME を、このエンジンを見るにはプロファイルなしで procsaver を実行してください',
  },
  watches: {
    en: 'version {version}, instance "{instance}": watching {processes|process|processes} of {profiles}; {command} shows how things stand',
    ja: 'バージョン {version}、インスタンス "{instance}": {profiles} の {processes} プロセスを監視しています。状態は {command} で確認できます',
  },
  watchesOn: {
    en: 'procsaver watches on in the background (pid {pid}): {console} opens the console again, {shutdown} ends it',
    ja: 'procsaver はバックグラウンドで監視を続けています (pid {pid})。コンソールを開くには {console}、終了するには {shutdown}',
  },
  watchesOnWithout: {
    en: 'procsaver watches on without this console: {console} opens it again',
    ja: 'このコンソールなしで監視は続いています。もう一度開くには {console}',
  },
  noneWatches: {
    en: 'no engine answers any more: the processes that run go on, and nobody restarts them',
    ja: 'エンジンが応答しません。動作中のプロセスは動き続けますが、再起動されません',
  },
  watchesNoMore: {
    en: 'procsaver watches no more: the processes run on, and nobody restarts them',
    ja: '監視を終了しました。プロセスは動き続けますが、再起動されません',
  },
  handOverFailed: {
    en: 'the engine in the background did not come up, nothing is watched now; its log is {path}',
    ja: 'バックグラウンドのエンジンを起動できませんでした。現在は何も監視していません。ログ: {path}',
  },
  noServiceWord: {
    en: 'service {word}: expected install, uninstall or status',
    ja: 'service {word}: install、uninstall、status のいずれかを指定してください',
  },
  noSuchProfile: {
    en: 'there is no profile {path}: write it first, and see that `procsaver check` is content with it',
    ja: 'プロファイル {path} がありません。先に作成し、`procsaver check` で確認してください',
  },
  serviceInstalled: { en: '{service} is installed: {place}', ja: '{service} を登録しました: {place}' },
  serviceNext: { en: 'still to do: {command}', ja: '次に実行してください: {command}' },
  serviceUninstalled: {
    en: '{service} is taken away ({place}); the processes are left as they are',
    ja: '{service} を削除しました ({place})。プロセスには触れていません',
  },
  serviceNotInstalled: {
    en: '{service} is not installed; `procsaver service install` does it',
    ja: '{service} は登録されていません。登録するには `procsaver service install`',
  },
  serviceEnabled: { en: '{service}: {words}, comes with the system', ja: '{service}: {words}、自動起動' },
  serviceDisabled: {
    en: '{service}: {words}, does not come with the system',
    ja: '{service}: {words}、自動起動しない',
  },
  servicePid: { en: 'pid {pid}', ja: 'pid {pid}' },
  /** In the words of the manager. */
  serviceProblem: { en: '{problem}', ja: '{problem}' },
} as const satisfies Readonly<Record<string, Text>>;

export type MessageId = keyof typeof messages;

export function message(id: MessageId, language: Language, values: Values = {}): string {
  return fillIn(messages[id][language], values);
}

export function fillIn(text: string, values: Values): string {
  return fill(text, (name) => values[name]);
}
