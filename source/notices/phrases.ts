/**
 * What the engine says inside sentences: reasons, and the sentences of `why`. It is kept and sent in English, which programs read; whoever
 * shows it to people asks `inLanguage` for theirs. What a value looks like is told by its name: `shapes` in `notices/phrase.ts`.
 */
export const phrases = {
  exit: { en: 'exit {exitCode}', ja: '終了コード {exitCode}' },
  killed: { en: 'killed by {signal}', ja: '{signal} で終了' },
  'killed-core': { en: 'killed by {signal}, core dumped', ja: '{signal} で終了、コアダンプあり' },
  'exit-unknown': { en: 'exit status unknown ({why})', ja: '終了状態は不明 ({why})' },
  unseen: { en: 'it ended while no engine was watching', ja: 'エンジンの停止中に終了' },

  started: { en: 'started', ja: '新規起動' },
  found: { en: 'found', ja: '検出' },
  adopted: { en: 'adopted', ja: '引き継ぎ' },
  'named-by-itself': { en: 'named by the process', ja: 'プロセス自身の指定' },
  resumed: { en: 'resumed', ja: '再開する時' },

  'no-heartbeat': { en: 'no heartbeat for {long}', ja: 'ハートビートが {long} ありません' },
  'no-heartbeat-limit': {
    en: 'no heartbeat for {long} (limit {limit})',
    ja: 'ハートビートが {long} ありません (上限 {limit})',
  },
  'no-output': { en: 'no output for {long}', ja: '出力が {long} ありません' },
  'no-cpu': { en: 'its CPU time has not moved for {long}', ja: 'CPU 時間が {long} 進んでいません' },
  busy: { en: 'busy without rest for {long}', ja: '{long} 休みなく CPU を使用しています' },
  spinning: {
    en: 'it has used at least {cpuPercent} % of a core for {long}',
    ja: '{long} のあいだコアの {cpuPercent} % 以上を使用しています',
  },
  blocked: {
    en: 'every thread has been blocked, or the process stopped, for {long}',
    ja: '{long} のあいだ全スレッドが待ち状態、またはプロセスが停止しています',
  },
  'no-window': { en: 'its window has not answered for {long}', ja: 'ウィンドウが {long} 応答していません' },
  'no-probe': { en: 'no probe was well for {long}', ja: '{long} のあいだプローブが成功していません' },
  stuck: {
    en: 'the process says itself that it is stuck (WATCHDOG=trigger)',
    ja: 'プロセス自身が停止状態を通知しました (WATCHDOG=trigger)',
  },
  'probe-failed': { en: 'the probe failed', ja: 'プローブが失敗しました' },
  'probes-failed': {
    en: '{failureCount} probes in a row failed',
    ja: 'プローブが {failureCount} 回続けて失敗しました',
  },
  'broken-for': { en: '{bound} for {long}', ja: '{bound} が {long} 続いています' },
  above: { en: '{metric} above {amount}', ja: '{metric} が {amount} を上回る状態' },
  below: { en: '{metric} below {amount}', ja: '{metric} が {amount} を下回る状態' },
  excused: { en: '{silence}, of which {long} {cause}', ja: '{silence}。うち {long} は{cause}' },
  'not-its-own': { en: 'could not be its own', ja: 'プロセスが動けなかった時間' },
  away: { en: 'the engine itself stood still', ja: 'エンジン自体が停止していた時間' },
  throttled: { en: 'its cgroup was throttled', ja: 'cgroup の制限による時間' },
  waited: { en: 'host starvation (it waited for a CPU)', ja: 'ホストの CPU 待ちの時間' },
  stolen: { en: 'host starvation (steal)', ja: 'ホストの CPU 不足 (steal) の時間' },
  debugger: { en: 'a debugger ({what})', ja: 'デバッガ ({what}) による停止' },
  frozen: { en: 'its cgroup is frozen', ja: 'cgroup の凍結' },

  'no-match': {
    en: 'nothing matches, and no restart.run is given',
    ja: '一致するプロセスがなく、restart.run の指定もありません',
  },
  'no-match-after-script': {
    en: 'nothing matches after the restart script',
    ja: '再起動スクリプトの後も一致するプロセスがありません',
  },
  'ended-no-script': {
    en: 'it ended, and no restart.run is given',
    ja: '終了しましたが、restart.run の指定がありません',
  },
  'nothing-matches': { en: 'nothing matches', ja: '一致するプロセスがありません' },
  'service-down': { en: 'the service is down', ja: 'サービスが停止しています' },
  'service-down-again': { en: 'the service is down again: {words}', ja: 'サービスが再び停止しました: {words}' },
  'script-failed': { en: 'the restart script failed: {problem}', ja: '再起動スクリプトが失敗しました: {problem}' },
  'script-time-limit': {
    en: 'the restart script ran into its time limit',
    ja: '再起動スクリプトが制限時間を超えました',
  },
  'no-answer-within': { en: 'no answer within {long}', ja: '{long} 以内に応答がありません' },
  'too-few': {
    en: '{livingCount} live, at least {leastCount} must',
    ja: '{livingCount} 個が動作中、{leastCount} 個以上必要です',
  },
  surplus: {
    en: '{livingCount} live, at most {mostCount} may',
    ja: '{livingCount} 個が動作中、上限は {mostCount} 個です',
  },
  'could-not-be-killed': { en: 'could not be killed', ja: '強制終了できません' },
  'survives-kill': { en: 'it lives on after SIGKILL', ja: 'SIGKILL の後も動作しています' },
  'not-ready': { en: 'not ready within {long}', ja: '{long} 以内に準備が完了しませんでした' },
  'went-down': { en: '{name} went down', ja: '{name} が停止しました' },
  failed: { en: '{name} failed: {problem}', ja: '{name} が失敗しました: {problem}' },
  'was-given-up': { en: '{name} was given up', ja: '{name} の再起動を断念しました' },

  'why-stalled': {
    en: 'Alive, but {reason}; onStall is {consequence}.',
    ja: '動作中ですが、{reason}。onStall は {consequence} です。',
  },
  'why-stalled-spared': {
    en: 'Alive, but {reason}; restart.when is never.',
    ja: '動作中ですが、{reason}。restart.when は never です。',
  },
  'why-examining': {
    en: 'It is restarted as soon as evidence is taken: {reason}.',
    ja: '証拠を採取し次第、再起動します: {reason}。',
  },
  'why-stopped': {
    en: 'An operator stopped it; `procsaver start {target}` brings it back.',
    ja: '運用者が停止しました。`procsaver start {target}` で起動します。',
  },
  'why-exited': {
    en: 'It ended as its profile allows (restart.when: {when}){lastAlso}.',
    ja: 'プロファイルの許す形で終了しました (restart.when: {when}){lastAlso}。',
  },
  'why-fatal-with': {
    en: 'Given up with its group, because {name} was given up; `procsaver clear {target}` tries both again.',
    ja: '{name} の再起動を断念したため、グループと共に断念しました。`procsaver clear {target}` で両方を再試行します。',
  },
  'why-fatal': {
    en: 'Given up: {tries} ({reason}). It is not restarted by itself; `procsaver clear {target}` forgets the counters and tries again.',
    ja: '再起動を断念しました: {tries} ({reason})。自動では再起動しません。`procsaver clear {target}` で回数を消して再試行します。',
  },
  'limit-zero': {
    en: 'restart.limit is 0, so it is not restarted',
    ja: 'restart.limit が 0 のため再起動しません',
  },
  'one-restart-no-cure': {
    en: '1 restart within {within} did not cure it',
    ja: '{within} 以内の 1 回の再起動では回復しませんでした',
  },
  'restarts-no-cure': {
    en: '{limitCount} restarts within {within} did not cure it',
    ja: '{within} 以内の {limitCount} 回の再起動では回復しませんでした',
  },
  'why-lacking': {
    en: '{livingCount} live, at least {leastCount} must; that is tolerated for a moment.',
    ja: '{livingCount} 個が動作中、{leastCount} 個以上必要です。少しのあいだ待ちます。',
  },
  'why-settling': {
    en: 'Its main process has ended; its service manager is deciding what comes next.',
    ja: '主プロセスが終了しました。サービス管理機構の判断を待っています。',
  },
  'why-backoff': {
    en: 'It waits a while before its next restart{lastAlso}.',
    ja: '次の再起動まで待機しています{lastAlso}。',
  },
  'why-launching': { en: 'It is being started.', ja: '起動しています。' },
  'why-scripting': { en: 'Its restart script is running.', ja: '再起動スクリプトを実行しています。' },
  'why-searching': {
    en: 'Its restart script has ended; the process is being looked for.',
    ja: '再起動スクリプトが終了し、プロセスを探しています。',
  },
  'why-readying': { en: 'It is getting ready.', ja: '準備中です。' },
  'why-not-ready': {
    en: 'It runs but is not ready yet (ready.{probe}).',
    ja: '動作していますが、まだ準備が完了していません (ready.{probe})。',
  },
  'why-asking': {
    en: 'It was asked to end and has {grace} for it.',
    ja: '終了を要求しました。猶予は {grace} です。',
  },
  'why-sweeping': {
    en: 'What is left of its process tree is being killed.',
    ja: '残ったプロセスツリーを強制終了しています。',
  },
  'last-failure': { en: '; its last start failed: {problem}', ja: '。前回の起動は失敗しました: {problem}' },
  'last-exit': { en: '; it last ended with {exit}', ja: '。前回の終了: {exit}' },
  'why-turn': {
    en: 'Many start at once; it waits for its turn{lastAlso}.',
    ja: '多数が同時に起動しているため、順番を待っています{lastAlso}。',
  },
  'why-search': { en: 'It is being looked for.', ja: '探しています。' },
  'why-appearance': {
    en: 'Nothing matches, and no restart.run is given to bring it back; it is seen as soon as something starts it{lastAlso}.',
    ja: '一致するプロセスがなく、起動する restart.run の指定もありません。何かが起動すれば直ちに検出します{lastAlso}。',
  },
  'why-paused': {
    en: 'Monitoring is paused by {by}{reasonAlso}; it is not started until it is resumed{lastAlso}.',
    ja: '{by} が監視を休止しています{reasonAlso}。再開するまで起動しません{lastAlso}。',
  },
  'why-dependencies': { en: 'It waits for {conditions}.', ja: '{conditions}のを待っています。' },
  'why-others-down': {
    en: 'It waits until those that have to go down before it starts have ended.',
    ja: '先に停止すべきプロセスの終了を待っています。',
  },
  both: { en: '{one} and {other}', ja: '{one}、{other}' },
  'to-be-started': { en: '{dependency} to be started', ja: '{dependency} が起動する' },
  'to-be-ready': { en: '{dependency} to be ready', ja: '{dependency} の準備が完了する' },
  'to-be-completed': { en: '{dependency} to be completed', ja: '{dependency} が完了する' },

  standing: { en: '{name} is {state}{shareAlso} since {at}.', ja: '{name} は {at} から{state}です{shareAlso}。' },
  'standing-wanted-down': {
    en: '{name} is {state}{shareAlso} since {at}, as an operator wants it.',
    ja: '{name} は運用者の指示により {at} から{state}です{shareAlso}。',
  },
  share: { en: ' ({partCount} of {wholeCount})', ja: ' ({wholeCount} 個中 {partCount} 個)' },
  'state-stopped': { en: 'stopped', ja: '停止' },
  'state-waiting': { en: 'waiting', ja: '待機' },
  'state-starting': { en: 'starting', ja: '起動中' },
  'state-running': { en: 'running', ja: '実行中' },
  'state-stopping': { en: 'stopping', ja: '停止中' },
  'state-backoff': { en: 'backoff', ja: '再起動待ち' },
  'state-exited': { en: 'exited', ja: '終了' },
  'state-fatal': { en: 'fatal', ja: '断念' },
  'rule-broken-since': {
    en: 'Its rule {rule} has been broken since {at}.',
    ja: '規則 {rule} が {at} から破られています。',
  },
  'paused-until': {
    en: '{what} paused by {by} until {at}{whyAlso}.',
    ja: '{what}{by} が {at} まで休止しています{whyAlso}。',
  },
  'paused-open': {
    en: '{what} paused by {by} until somebody resumes it{whyAlso}.',
    ja: '{what}{by} が再開されるまで休止しています{whyAlso}。',
  },
  'it-is': { en: 'It is', ja: '' },
  'its-group-is': { en: 'Its group {group} is', ja: 'グループ {group} を ' },
  'next-try': { en: 'The next try is at {at}.', ja: '次の試行は {at} です。' },
  counted: {
    en: '{usedCount} of {limitCount} {restarts} within {within} {are} used, the last at {last}; the next leaves the window at {free}.',
    ja: '{within} 以内の再起動は {limitCount} 回中 {usedCount} 回、最後は {last} です。{free} に 1 回分が回復します。',
  },
  'last-restarted': { en: 'It was restarted last because of this: {reason}.', ja: '前回の再起動の理由: {reason}。' },
  'last-output': { en: 'Its last output: {line}', ja: '最後の出力: {line}' },
  'last-ended': { en: 'It last ended with {exit}.', ja: '前回の終了: {exit}。' },
  'holds-up-one': { en: '{name} waits for it.', ja: '{name} がこれを待っています。' },
  'holds-up': { en: '{names} wait for it.', ja: '{names} がこれを待っています。' },

  'refuse-slot-pause': {
    en: 'a pause holds for a process or a group, not for one slot of it',
    ja: '休止はプロセスまたはグループ単位です。スロット単位ではできません',
  },
  'refuse-past-pause': {
    en: 'the pause would end in the past; give a time to come',
    ja: '休止の終わりが過去になっています。これからの時刻を指定してください',
  },
  'refuse-slot-stop': {
    en: 'one slot of several cannot be stopped alone; stop the process, or restart the slot',
    ja: '複数あるスロットの一つだけを停止することはできません。プロセスを停止するか、スロットを再起動してください',
  },
  'paused-with-group': {
    en: '{name} is paused with its group; resume {group}',
    ja: '{name} はグループごと休止中です。{group} を再開してください',
  },
  'not-paused': { en: '{name} is not paused', ja: '{name} は休止中ではありません' },
  'paused-resume-first': {
    en: '{name} is paused by {by}{whyAlso}; resume it first',
    ja: '{name} は {by} が休止しています{whyAlso}。先に再開してください',
  },
  'running-already': {
    en: '{name} is running already, or on its way',
    ja: '{name} はすでに稼働中か、起動の途中です',
  },
  'stopped-already': { en: '{name} is stopped already', ja: '{name} はすでに停止しています' },
  'nothing-to-restart': { en: '{name} has nothing to restart', ja: '{name} には再起動するものがありません' },
  'nothing-to-clear': { en: '{name} has nothing to clear', ja: '{name} には消すものがありません' },
  'no-slot': {
    en: '{name} has no slot {slot}; it has {slotCount}',
    ja: '{name} にスロット {slot} はありません ({slotCount} 個です)',
  },
  'no-pid': {
    en: 'pid {pid} is not watched here; `procsaver status` lists what is',
    ja: 'pid {pid} は監視していません。`procsaver status` で一覧を表示します',
  },
  'no-such-target': {
    en: '"{target}" is neither a group nor a process here; expected GROUP, GROUP/PROCESS, GROUP/PROCESS#2, a pid or --all (groups: {groups})',
    ja: '"{target}" というグループもプロセスもありません。GROUP、GROUP/PROCESS、GROUP/PROCESS#2、pid、--all のいずれかです (グループ: {groups})',
  },
  'target-meant': {
    en: '"{target}" is no target; did you mean {meant}?',
    ja: '"{target}" という対象はありません。{meant} のことですか?',
  },
  'no-override': { en: '{name} has no override to undo', ja: '{name} に取り消す変更はありません' },
  'not-overridden': { en: '{fields} of {name} is not overridden', ja: '{name} の {fields} は変更されていません' },
  'no-override-to-save': { en: '{name} has no override to save', ja: '{name} に保存する変更はありません' },
  'nothing-to-dump': {
    en: '{name} has no living process to take evidence of',
    ja: '{name} には証拠を採取する稼働中のプロセスがありません',
  },
  'keeps-no-evidence': {
    en: '{name} keeps no evidence (keep: 0); `procsaver set {name} keep=5` changes that',
    ja: '{name} は証拠を保存しません (keep: 0)。`procsaver set {name} keep=5` で変更できます',
  },
  'nothing-that-beats': {
    en: '{name} has no living process to give a heartbeat for',
    ja: '{name} にはハートビートを送る稼働中のプロセスがありません',
  },
  'no-heartbeat-rule': {
    en: '{name} has no heartbeat rule; `stall.heartbeat: 30s` in its profile asks for one',
    ja: '{name} にハートビートの規則がありません。プロファイルに `stall.heartbeat: 30s` のように書きます',
  },

  milliseconds: { en: '{msCount} ms', ja: '{msCount} ミリ秒' },
  seconds: { en: '{secondCount} s', ja: '{secondCount} 秒' },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly ja: string }>>;
