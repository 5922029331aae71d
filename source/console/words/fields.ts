/** What the parameters mean, in Japanese; in English the table of fields says it, which the engine sends along. */
export const fieldHelp: Readonly<Record<string, string>> = {
  command:
    'プログラムと引数。一覧、または空白で区切った文字列 (引用符で空白を含められる)。シェルは通さない。PATH から探し、スラッシュを含む相対パスは `directory` から。',
  'match.executable':
    '他が起動するプロセスのプログラム。絶対パスか名前。スクリプト、jar、メインクラス、モジュールはそれ自身の名前で見つかり、インタープリターの名前でも見つかる。',
  'match.arguments':
    'コマンドライン (`ps` のとおり、語を空白でつないだもの) を探す正規表現。`^` はプログラム名の先頭か、引数の先頭に合う。',
  'match.user': '実行しているユーザーの名前または番号。',
  'match.pidFile': '最初の行がプロセス番号のファイル。プロファイルのフォルダから。',
  service: 'OS のサービス (`cups.service` など。`.service` は省ける)。起動と停止はその管理側が行う。',
  scope: '誰のサービスか。マシンのものか、procsaver を動かすユーザーのものか。省略時は root ならマシン、他はユーザー。',
  shell: '1 つの文字列の `command` を `/bin/sh -c` (Windows では `cmd /c`) で実行する。',
  instances:
    '同時に動く数。`command` では起動する数。`match` では必要な数、または `{ min, max, for }`。`for` は過不足がそれだけ続いたら通知し対処する時間。',
  directory: '作業ディレクトリ。プロファイルのフォルダから。省略時はエンジンのもの。',
  user: '実行ユーザーの名前または番号。ユーザーを変えられるエンジンが要る。',
  group: '実行グループの名前または番号。',
  environment: 'エンジンの環境変数に加えるもの。',
  environmentFile:
    '読み込み時に読む NAME=値 の行のファイル。`environment` が優先し、複数では後のものが優先する。プロファイルのフォルダから。',
  umask: '作るファイルから除く許可 (8 進数)。省略時はエンジンのもの。',
  nice: 'nice(1) の優先度。大きいほど譲る。省略時はエンジンのもの。',
  'output.file': '出力先のファイル。`%n` は番号。プロファイルのフォルダから。省略時は状態フォルダの中。',
  'output.maxSize': '出力ファイルがこれより大きくなったら切り替える。',
  'output.keep': '切り替えた出力ファイルを残す数。',
  dependsOn:
    '先に必要なプロセス。同じグループの `名前` または `グループ/名前` に、`started`、`ready`、`completed` (正常終了) のいずれか。',
  'ready.http': 'この URL の GET に 200 から 399 で応答したら準備完了。',
  'ready.tcp': '接続できたら準備完了。`host:port`、ループバックの `:port` か `port`、または Unix ソケットの絶対パス。',
  'ready.run': 'このコマンドが 0 で終わったら準備完了。',
  'ready.output': '起動後に書いた行が一致したら準備完了。',
  'ready.notify': 'systemd のサービスのように NOTIFY_SOCKET に READY=1 を送ったら準備完了。',
  'ready.after': 'これだけ動いたら準備完了。',
  'ready.interval': '確認の間隔。最初の数回はもっと早い。',
  'ready.timeout': '1 回の確認にかけてよい時間。',
  'ready.within': 'それまでに準備完了しなければ起動失敗。`match` では再起動スクリプトの後に探す時間。',
  'stop.signal': '終了を求めるシグナル。',
  'stop.run': 'シグナルの代わりに実行する。PROCSAVER_PID が対象のプロセス。',
  'stop.grace': '終了を求めてから強制終了までの時間。`service` では管理側の停止の時間制限。',
  'stop.tree': 'プロセスだけでなく、それが起動したものも全て終了させる。',
  'restart.when': 'どの終了の後に再起動するか。失敗とは、シグナルか、`successExitCodes` にない終了コード。',
  'restart.limit': '`restart.within` の間に許す再起動の回数。それを超える失敗で断念する。',
  'restart.within': '再起動を数える時間の幅。',
  'restart.delay': 'その間の最初の再起動の前に待つ時間。',
  'restart.backoff.initial': 'その間の 2 回目の再起動の前に待つ時間。',
  'restart.backoff.factor': '以後の再起動の前の待ち時間が延びる倍率。',
  'restart.backoff.max': '再起動の前の待ち時間の上限。',
  'restart.backoff.jitter': '待ち時間をこの割合だけばらつかせ、一斉に再起動しないようにする。',
  'restart.successExitCodes': '失敗とみなさない終了コード。',
  'restart.run': '`match` の再起動スクリプト。',
  'restart.timeout': '再起動スクリプトの時間制限。',
  'stall.heartbeat':
    'これだけ生存の合図がなければストール。合図は NOTIFY_SOCKET への WATCHDOG=1、`procsaver heartbeat`、`heartbeatFile` の変化。`command` には WATCHDOG_USEC で知らせ、変更は次の起動から届く。',
  'stall.heartbeatFile': '変化すれば合図とみなすファイル。`%n` は番号。プロファイルのフォルダから。',
  'stall.output': '出力または `outputFile` にこれだけ何も書かれなければストール。',
  'stall.outputFile':
    '出力の代わりに見るファイル。`match` と `service` には必要。`%n` は番号。プロファイルのフォルダから。',
  'stall.cpu.unchangedFor': '起動したものも含めた CPU 時間がこれだけ進まなければストール。',
  'stall.spinning.above':
    '`stall.spinning.for` の間ずっと 1 コアのこれだけを使い続けたらストール。4 コア全部なら 400%。',
  'stall.spinning.for': 'それだけ使い続けてよい時間。',
  'stall.blocked':
    '全スレッドが割り込めない待ち (D) か、プロセスが停止 (T、Windows では一時停止) したままこれだけ続いたらストール。',
  'stall.window': 'ウィンドウがこれだけ応答しなければストール (Windows)。',
  'stall.probe.http': 'この URL に尋ねる。200 から 399 なら正常。',
  'stall.probe.tcp': '接続する。`host:port`、ループバックの `:port` か `port`、または Unix ソケットの絶対パス。',
  'stall.probe.run': 'このコマンドを実行する。0 なら正常。PROCSAVER_PID が対象のプロセス。',
  'stall.probe.nagios':
    'check_http などの Monitoring Plugins を実行する。0 は正常、1 (警告) と 3 (不明) は通知のみ、2 は失敗。PROCSAVER_PID が対象のプロセス。',
  'stall.probe.interval': '確認の間隔。',
  'stall.probe.timeout': '1 回の確認にかけてよい時間。超えれば失敗。',
  'stall.probe.failures': '続けてこれだけ失敗したらストール。',
  onStall:
    'ストールの後にすること。`alert` は通知のみ。`dump` は証拠も採取し、そのまま動かす。`restart` は証拠を採取して再起動し、失敗として数える。`restart.when: never` なら `dump` と同じ。',
  rules:
    'しばらく超えてよい限度。それぞれ `{ metric, above または below, for, then }`。`metric` は cpu (1 コアの `90%`)、memory (`512M`)、threads、descriptors。`for` は 1s 以上。`then` は alert (既定)、dump、restart。',
  dump: '証拠に含めるプロセス自身のもの。`stack` は各スレッドの様子、`core` はコアファイル。`mini` と `full` は Windows のミニダンプで、Linux では `core`。他は常に採取する。',
  keep: '残す障害の数。古いものから消す。0 なら採取しない。',
  secrets: '証拠で値を隠す変数とオプション。秘密らしい名前のものは常に隠す。',
};

/** Kinds of values, as the table of fields has them; the longest first, since one is part of another. */
const KINDS: readonly (readonly [en: string, ja: string])[] = [
  ['list, each one of', '次からの一覧:'],
  ['one of', '次のいずれか:'],
  ['path or list of paths', 'パス、またはその一覧'],
  ['list of numbers', '数の一覧'],
  ['list of names', '名前の一覧'],
  ['list of rules', '規則の一覧'],
  ['map of conditions', '条件の表'],
  ['map of text', '文字列の表'],
  ['regular expression', '正規表現'],
  ['octal number', '8 進数'],
  ['percentage', '百分率'],
  ['duration', '時間'],
  ['boolean', 'true か false'],
  ['command', 'コマンド'],
  ['address', 'アドレス'],
  ['signal', 'シグナル'],
  ['number', '数'],
  ['path', 'パス'],
  ['text', '文字列'],
  ['size', '容量'],
];

/** `duration or off, 1s to 30d` becomes `時間 または off、1s ～ 30d`. */
export function kindInJapanese(type: string, range: string): string {
  const [en, ja] = KINDS.find(([kind]) => type.startsWith(kind)) ?? ['', ''];
  const told = ja + type.slice(en.length).replaceAll(' or ', ' または ');
  return range === '' ? told : `${told}、${range.replace(' to ', ' ～ ')}`;
}
