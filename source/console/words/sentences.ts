import type { Language } from '../../notices/notice.ts';

/** Sentences: reasons, questions, and what stands in dialogs. */
export const sentences = {
  'too-small': {
    en: 'procsaver needs 60x15; this is {columns}x{rows}.  q quits.',
    ja: '60x15 以上が必要です (現在 {columns}x{rows})。q で終了',
  },
  'no-connection': {
    en: 'There is no connection to the engine now.',
    ja: '今はエンジンに接続されていません。',
  },
  'suspend-embedded': {
    en: 'Suspended, this console would watch nothing. q hands the watching over to the background.',
    ja: '中断すると監視が止まります。q で監視をバックグラウンドに引き継げます。',
  },
  'nothing-chosen': { en: 'Nothing is chosen.', ja: '何も選ばれていません。' },
  'not-known': {
    en: '{key} does nothing here; ? shows every key.',
    ja: '{key} はここでは使えません。? で全キーを表示。',
  },
  'paused-resume-first': {
    en: '{target} is paused: resume it first (p).',
    ja: '{target} は休止中です。先に再開してください (p)。',
  },
  'stopped-start-it': { en: '{target} is stopped: s starts it.', ja: '{target} は停止しています。s で起動。' },
  'nothing-lives': {
    en: 'Nothing of it lives now: E shows what was taken when it ended.',
    ja: '動いているものがありません。停止時の証拠は E で見られます。',
  },
  'dump-taking': { en: '{process}: taking {stage}', ja: '{process}: {stage} を採取中' },
  'dump-taken': { en: 'Evidence #{number}: {folder}', ja: '証拠 #{number}: {folder}' },
  'nothing-to-clear': {
    en: 'Nothing to clear: no restart is counted and nothing was given up.',
    ja: '解除するものがありません。再起動の記録も断念もありません。',
  },
  'edit-one': {
    en: 'One process at a time: take the marks away (Esc).',
    ja: '一度に一つです。印を消してください (Esc)。',
  },
  'edit-group': {
    en: 'Parameters belong to a process: choose one of the group.',
    ja: 'パラメータはプロセスごとです。プロセスを選んでください。',
  },
  'not-live': {
    en: '{field} says what the process is; change it in the profile.',
    ja: '{field} は実行中に変更できません。プロファイルで変更してください。',
  },
  'not-changed': { en: "{field} has its profile's value already.", ja: '{field} はプロファイルの値のままです。' },
  'nothing-to-write': { en: 'Nothing was changed: nothing to write.', ja: '変更がないので保存するものがありません。' },
  gone: { en: '{target} is not in the profile any more.', ja: '{target} はプロファイルにありません。' },
  'no-answer': {
    en: '{target}: nothing has come of "{verb}" yet.',
    ja: '{target}: 「{verb}」の結果がまだ届きません。',
  },
  'nothing-affected': { en: 'Done already: nothing changes by it.', ja: 'すでにその状態です。変化はありません。' },
  saved: { en: 'Written to the profile: {names}.', ja: 'プロファイルに保存しました: {names}' },
  'no-problems': {
    en: 'The profiles have no problems: what stands in them is in force.',
    ja: 'プロファイルに問題はありません。内容はそのまま有効です。',
  },
  'problems-title': {
    en: 'A reload was refused; what was in force before stays in force',
    ja: '再読み込みは拒否されました。以前の内容が有効なままです',
  },
  'problems-next': {
    en: 'Correct the profiles, then: procsaver reload',
    ja: '修正してから procsaver reload を実行してください。',
  },
  'why-title': { en: 'Why {target} is as it is, and what comes next', ja: '{target} の状態の理由と今後' },
  'write-title': { en: 'Write this into the profile of {target}?', ja: '{target} のプロファイルに書き込みますか？' },
  'strategy-one-for-one': { en: 'a member that fails is restarted alone', ja: '失敗したものだけを再起動' },
  'strategy-one-for-all': {
    en: 'when one member fails, all of them are restarted',
    ja: '1 つが失敗すると、全てを再起動',
  },
  'strategy-rest-for-one': {
    en: 'a member that fails is restarted with those that depend on it',
    ja: '失敗したものと、それに依存するものを再起動',
  },
  'escalation-continue': {
    en: 'what is given up stays down; the others are watched on',
    ja: '断念したものは停止のまま、他の監視を続ける',
  },
  'escalation-exit': {
    en: 'the engine ends with status 3; no process is touched',
    ja: 'エンジンは終了コード 3 で終了。プロセスには触れない',
  },
  'escalation-failover': {
    en: 'the cluster would be told; this version only writes a notice',
    ja: 'クラスタに通知 (この版では通知の記録のみ)',
  },
  'escalation-run': { en: 'this program is run', ja: 'このプログラムを実行' },
  'escalation-plugin': {
    en: 'the plugin would be called; this version only writes a notice',
    ja: 'プラグインを呼び出す (この版では通知の記録のみ)',
  },
  'escalation-reboot': { en: 'the machine is started anew', ja: 'マシンを再起動' },
  'escalation-unknown': { en: 'as the profile says', ja: 'プロファイルの定義による' },
  'nothing-matches': {
    en: 'Nothing matches "{filter}".  Esc shows everything.',
    ja: '「{filter}」に一致なし。Esc で全て表示。',
  },
  'nothing-watched': {
    en: 'Nothing is watched: no profile names a process.',
    ja: '監視対象がありません。プロファイルにプロセスがありません。',
  },
  'pause-title': { en: 'Pause {target}', ja: '{target} の監視を休止' },
  'pause-all-run': { en: '{count} keep running;', ja: '{count}は動き続け、' },
  'pause-it-runs': { en: 'It keeps running;', ja: '動き続け、' },
  'pause-some-run': {
    en: '{living} of {count} run and keep running;',
    ja: '{count}のうち動作中の {living} 個は動き続け、',
  },
  'pause-none-runs': { en: 'It does not run;', ja: '動いていません。' },
  'pause-none-run': { en: 'None of {count} runs;', ja: '{count}はどれも動いていません。' },
  'pause-until-then': { en: 'nothing restarts {it} until then.', ja: 'それまで再起動されません。' },
  'pause-until-resumed': { en: 'nothing restarts {it} until you resume.', ja: '再開するまで再起動されません。' },
  'process-one': { en: '1 process', ja: '1 個のプロセス' },
  processes: { en: '{count} processes', ja: '{count} 個のプロセス' },
  'pause-shown': { en: 'shown to everybody', ja: '全員に表示されます' },
  'stop-title': { en: 'Stop {target}?', ja: '{target} を停止しますか？' },
  'restart-title': { en: 'Restart {target}?', ja: '{target} を再起動しますか？' },
  'in-this-order': { en: '{count} stop, in this order:', ja: '{count}をこの順に停止:' },
  'depends-on-it': { en: 'Depends on it from outside: {names}.', ja: 'ほかからの依存: {names}' },
  'fate-runs-on': { en: 'runs on without it', ja: '動き続けます' },
  'fate-waits': { en: 'waits until it is back', ja: '戻るまで待ちます' },
  'strategy-not-now': {
    en: '{strategy} takes others along after a failure only, not now.',
    ja: '{strategy} が他を巻き込むのは障害時だけで、今回は巻き込みません。',
  },
  'strategy-from-the-ground': {
    en: '{strategy}: none starts before all of them are down.',
    ja: '{strategy}: 全て停止してから起動します。',
  },
  'took-last-time': { en: 'Last time it took {time}.', ja: '前回は {time} かかりました。' },
  'quit-title': {
    en: 'Leave the console. The engine lives in it.',
    ja: 'コンソールを終了します。エンジンはこの中で動いています。',
  },
  'quit-keep': { en: 'keep watching in the background', ja: 'バックグラウンドで監視を続ける' },
  'quit-keep-more': {
    en: 'a daemon takes over; no process is touched',
    ja: 'デーモンに引き継ぎ、プロセスには触れない',
  },
  'quit-stop': { en: 'stop watching', ja: '監視をやめる' },
  'quit-stop-more': {
    en: 'the processes run on; nobody restarts them',
    ja: 'プロセスは動き続けるが、再起動されない',
  },
  'quit-stay': { en: 'stay', ja: '終了しない' },
  'parameters-title': { en: 'Parameters of {target}', ja: '{target} のパラメータ' },
  'changed-by': { en: 'changed by {by} {at}, not saved', ja: '{by} が {at} に変更、未保存' },
  'by-at': { en: 'by {by} {at}, not saved', ja: '{by} が {at} に変更、未保存' },
  'profile-only': { en: 'in the profile only', ja: 'プロファイルでのみ変更可' },
  'default-is': { en: 'default {value}', ja: '既定 {value}' },
  asking: { en: 'asking the engine', ja: 'エンジンに問い合わせ中' },
  'effect-limit': {
    en: 'at most {limit} restarts in {within}; {count} count now. Nothing restarts by this change.',
    ja: '{within} 以内に最大 {limit} 回再起動。現在 {count} 回。この変更では再起動しません。',
  },
  'timer-lost': { en: '{lost} taken off', ja: '{lost} は除外' },
  'waited-for': { en: 'this waits until it is {condition}', ja: 'これの{condition}を待っています' },
  'waits-for-it': { en: 'waits until this is {condition}', ja: '{condition}になるのを待っています' },
  'not-so-now': { en: 'not {condition} now', ja: '現在は{condition}ではありません' },
  'no-samples': { en: 'nothing recorded yet', ja: 'まだ記録がありません' },
  'no-output': { en: 'no output yet', ja: 'まだ出力がありません' },
  'is-well': { en: 'It is well.', ja: '正常です。' },
  'restarts-counted': {
    en: '{count} of {limit} within {within}',
    ja: '{within} 以内に {count}/{limit} 回',
  },
  'next-free': { en: 'the oldest leaves the window {at}', ja: '{at} に 1 回分が戻ります' },
  'more-below': { en: '{count} more below', ja: '下にあと {count} 行' },
  'help-title': {
    en: 'Every key, and the procsaver command that does the same',
    ja: '全てのキーと、同じことをする procsaver コマンド',
  },
  'help-list': { en: 'On the list', ja: '一覧' },
  'help-details': { en: 'On the details', ja: '詳細' },
  'help-parameters': { en: 'On the parameters', ja: 'パラメータ' },
  'help-marks': { en: 'What the signs mean', ja: '記号の意味' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
