import type { FlagName } from './flags.ts';
import type { Text } from './messages.ts';

export type TargetForm = 'group' | 'process' | 'slot' | 'pid';

export interface Command {
  /** Where it stands in the help. */
  readonly section: 'see' | 'act' | 'change' | 'engine';
  readonly target: 'none' | 'optional' | 'required';
  /** What a target may name, where that is not everything. */
  readonly targetForms?: readonly TargetForm[];
  /** What may follow: its name in the help, and whether one at least is needed. */
  readonly rest?: { readonly name: string; readonly isRequired: boolean };
  readonly flags: readonly FlagName[];
  /** One line in the list of commands. */
  readonly summary: Text;
  /** What its own page says beyond that. */
  readonly details?: Text;
  readonly examples: readonly string[];
}

/** Everything the program does beyond the console and the daemon, in the order of the help. */
export const commands = {
  status: {
    section: 'see',
    target: 'optional',
    flags: ['watch', 'all'],
    summary: { en: 'what the screen shows', ja: '画面と同じ内容を表示する' },
    details: {
      en: 'Ends with 0 when everything that should run does: it is running, or has ended as it may. Ends with 3 when something is starting, waiting, stalled, in backoff, given up or missing. What is paused or was stopped by an operator does not count.',
      ja: '動くべきものがすべて動いていれば (実行中、または許された終了) 0 で終わります。起動中、待機中、ストール中、再起動待ち、断念、不足のものがあれば 3 で終わります。休止中のものと、操作員が停止したものは数えません。',
    },
    examples: ['procsaver status shop', 'procsaver status --json | jq .groups[].state', 'procsaver status --watch'],
  },
  events: {
    section: 'see',
    target: 'none',
    flags: ['follow', 'since', 'lines'],
    summary: {
      en: 'the journal: what changed, when, why, by whom',
      ja: 'ジャーナル: 何が、いつ、なぜ、誰により変わったか',
    },
    details: {
      en: 'Oldest first. Works without a running engine too, from the journal file. With --follow alone it begins with the last 10.',
      ja: '古い順に表示します。エンジンが動いていなくてもジャーナルファイルから読みます。--follow だけのときは最後の 10 件から始めます。',
    },
    examples: ['procsaver events --since 1h', 'procsaver events --follow --json'],
  },
  why: {
    section: 'see',
    target: 'required',
    flags: ['all'],
    summary: {
      en: 'why it is as it is, and what comes next, in words',
      ja: 'なぜその状態なのか、次に何が起こるのかを文章で示す',
    },
    examples: ['procsaver why shop/api'],
  },
  params: {
    section: 'see',
    target: 'required',
    targetForms: ['process', 'slot', 'pid'],
    flags: [],
    summary: {
      en: "a process's parameters: in force, in the profile, default",
      ja: 'パラメータの現在値、プロファイルの値、既定値',
    },
    examples: ['procsaver params shop/api'],
  },
  evidence: {
    section: 'see',
    target: 'none',
    rest: { name: 'list|show|export', isRequired: true },
    flags: ['to'],
    summary: {
      en: 'what was taken of failures: list, show and pack it',
      ja: '障害時に採取した証拠の一覧、表示、書き出し',
    },
    details: {
      en: 'Works without a running engine too. `list [TARGET]`: the incidents, the latest first. `show NUMBER [FILE]`: one of them in words, or one of its files as it is; its folder name will do for NUMBER. `export NUMBER`: all of its files as one archive, for whoever has to find the cause; secrets are masked in all but a core, which is the memory itself.',
      ja: 'エンジンが動いていなくても使えます。`list [対象]`: インシデントを新しい順に表示します。`show 番号 [ファイル]`: 1 件の要約、またはそのファイルの中身を表示します (番号の代わりにフォルダー名も使えます)。`export 番号`: 全ファイルを 1 つの書庫にまとめます。秘密の値は、メモリーそのものである core を除いて伏せてあります。',
    },
    examples: [
      'procsaver evidence list shop/api',
      'procsaver evidence show 13',
      'procsaver evidence show 13 stack.txt',
      'procsaver evidence export 13 --to /tmp/shop-api.tar.gz',
    ],
  },
  pause: {
    section: 'act',
    target: 'required',
    targetForms: ['group', 'process'],
    flags: ['all', 'for', 'until', 'why'],
    summary: {
      en: 'suspend monitoring; the processes themselves are not touched',
      ja: '監視を休止する (プロセス自体には触れない)',
    },
    details: {
      en: 'Without --for and --until it holds until somebody resumes it.',
      ja: '--for も --until もなければ、誰かが再開するまで続きます。',
    },
    examples: ['procsaver pause shop --for 2h --why "patching"', 'procsaver pause shop/api --until 18:00'],
  },
  resume: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: { en: 'go on with monitoring', ja: '監視を再開する' },
    examples: ['procsaver resume shop'],
  },
  start: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: { en: 'start what is stopped, ended or given up', ja: '停止・終了・断念したものを起動する' },
    examples: ['procsaver start shop/worker'],
  },
  stop: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: { en: 'stop, and leave it stopped', ja: '停止し、停止したままにする' },
    examples: ['procsaver stop shop'],
  },
  restart: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: {
      en: 'stop and start again; never counts against the limit',
      ja: '停止して起動し直す (回数制限には数えない)',
    },
    examples: ['procsaver restart shop/worker#2'],
  },
  clear: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: {
      en: 'forget the restart counters, try again what was given up',
      ja: '再起動回数を忘れ、断念したものを再び試す',
    },
    examples: ['procsaver clear shop/api'],
  },
  dump: {
    section: 'act',
    target: 'required',
    flags: ['all', 'kind'],
    summary: {
      en: 'take evidence now; the process is not restarted',
      ja: '今すぐ証拠を採取する (再起動はしない)',
    },
    details: {
      en: 'Says what is being taken while it lasts, and ends when all of it is taken: a line for each process with the number of the incident and its folder. On Linux mini and full mean core.',
      ja: '採取の進み具合を示し、すべて終わると、プロセスごとにインシデントの番号とフォルダーを 1 行で表示します。Linux では mini と full は core を意味します。',
    },
    examples: ['procsaver dump shop/api', 'procsaver dump shop/worker#2 --kind stack,core'],
  },
  heartbeat: {
    section: 'act',
    target: 'required',
    flags: ['all'],
    summary: { en: 'a sign of life, given from a script', ja: 'スクリプトからハートビートを送る' },
    details: {
      en: 'For a process with a `heartbeat` rule that cannot speak the protocol of sd_notify itself. Says nothing when it is done.',
      ja: '`heartbeat` 規則があり、自分では sd_notify のプロトコルを話せないプロセスのためのものです。成功時は何も表示しません。',
    },
    examples: ['procsaver heartbeat shop/nightly'],
  },
  set: {
    section: 'change',
    target: 'required',
    rest: { name: 'FIELD=VALUE', isRequired: true },
    flags: ['all', 'save'],
    summary: { en: 'change parameters while it runs', ja: '動作中にパラメータを変える' },
    details: {
      en: 'All values are checked, then all are in force at once, or none. They hold until unset, also over a restart of the engine.',
      ja: 'すべての値を検査し、すべてを同時に適用するか、何も適用しません。unset するまで、エンジンを再起動しても有効です。',
    },
    examples: [
      'procsaver set shop/api restart.limit=5 restart.within=1h',
      'procsaver set shop/api stop.grace=30s --save',
    ],
  },
  unset: {
    section: 'change',
    target: 'required',
    rest: { name: 'FIELD', isRequired: false },
    flags: ['all'],
    summary: {
      en: 'back to what the profile says; without FIELD, all of it',
      ja: 'プロファイルの値に戻す (FIELD がなければすべて)',
    },
    examples: ['procsaver unset shop/api restart.limit'],
  },
  reload: {
    section: 'change',
    target: 'none',
    flags: ['dryRun'],
    summary: {
      en: 'read the profiles again; touches only what changed',
      ja: 'プロファイルを読み直す (変わったものだけに触れる)',
    },
    details: {
      en: 'With a problem in any of them nothing is changed; the problems are listed and the exit status is 4.',
      ja: 'どれかに問題があれば何も変更せず、問題を列挙して 4 で終わります。',
    },
    examples: ['procsaver reload --dry-run', 'procsaver reload'],
  },
  check: {
    section: 'change',
    target: 'none',
    rest: { name: 'PROFILE', isRequired: false },
    flags: [],
    summary: {
      en: 'tell everything that is wrong in profiles; needs no engine',
      ja: 'プロファイルの問題をすべて示す (エンジンは不要)',
    },
    details: {
      en: 'Each problem is one line, FILE:LINE:COLUMN PATH: what is wrong. A directory stands for its *.yaml, *.yml and *.json; without PROFILE the default directory is checked.',
      ja: '問題を 1 行ずつ FILE:LINE:COLUMN PATH: 内容 の形で示します。ディレクトリはその中の *.yaml、*.yml、*.json を表します。PROFILE がなければ既定のディレクトリを調べます。',
    },
    examples: ['procsaver check shop.yaml'],
  },
  shutdown: {
    section: 'engine',
    target: 'none',
    flags: [],
    summary: { en: 'end the engine; every process is left as it is', ja: 'エンジンを終了する (プロセスには触れない)' },
    examples: ['procsaver shutdown --instance batch'],
  },
  service: {
    section: 'engine',
    target: 'none',
    rest: { name: 'install|uninstall|status', isRequired: true },
    flags: ['now', 'user'],
    summary: {
      en: 'the daemon as a service, started with the system',
      ja: 'デーモンを OS のサービスとして登録し、起動時に動かす',
    },
    details: {
      en: '`install [PROFILE...]`: a unit of systemd, or a service of Windows, that starts the daemon with the machine and again when it dies; without PROFILE it watches the default directory. What it watches lives on when it is stopped or restarted. `status` ends with 3 when it does not run.',
      ja: '`install [PROFILE...]`: デーモンを起動時に動かし、異常終了時に再起動する systemd のユニット、または Windows のサービスを作ります。PROFILE がなければ既定のディレクトリを監視します。停止や再起動をしても、監視対象のプロセスは動き続けます。`status` は動いていなければ 3 で終わります。',
    },
    examples: [
      'procsaver service install --now',
      'procsaver service install /srv/shop/shop.yaml --instance shop',
      'procsaver service status',
    ],
  },
  version: {
    section: 'engine',
    target: 'none',
    flags: [],
    summary: { en: 'the version', ja: 'バージョン' },
    examples: [],
  },
  help: {
    section: 'engine',
    target: 'none',
    rest: { name: 'COMMAND', isRequired: false },
    flags: [],
    summary: { en: 'this page, or those of commands', ja: 'この説明、またはコマンドの説明' },
    examples: ['procsaver help pause'],
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;

/** The two forms without a command word, and their own flags. */
export const forms = {
  console: [],
  daemon: ['daemon'],
} as const satisfies Readonly<Record<string, readonly FlagName[]>>;

export type FormName = keyof typeof forms;

export const sections: readonly { readonly name: Command['section']; readonly title: Text }[] = [
  { name: 'see', title: { en: 'See', ja: '見る' } },
  { name: 'act', title: { en: 'Act', ja: '操作する' } },
  { name: 'change', title: { en: 'Change', ja: '変える' } },
  { name: 'engine', title: { en: 'Engine and program', ja: 'エンジンとプログラム' } },
];

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}

/** The table's entry without the narrowness of its literal. */
export function commandOf(name: CommandName): Command {
  return commands[name];
}
