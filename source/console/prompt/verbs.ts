import type { Language } from '../../notices/notice.ts';

/** A word of the command line of the console, spelt as the command of the shell where there is one. */
export interface Verb {
  /** What follows it, as one would write it in a manual. */
  readonly usage: string;
  readonly help: Readonly<Record<Language, string>>;
  /** `process`: one process and nothing else. A target that is left out is what is chosen on the screen. */
  readonly target: 'none' | 'any' | 'process';
  readonly rest: RestName;
  readonly flags: readonly FlagName[];
}

/** What may follow the target: `assignments` and `fields` are of its parameters, `words` stand in the table of words. */
export type RestName = 'none' | 'assignments' | 'fields' | 'words' | 'text';

export type FlagName = 'for' | 'until' | 'why' | 'kind' | 'save' | 'dry-run';

/** `values`: offered by completion; empty: a switch without a value, or any text. */
export interface Flag {
  readonly shape: string | null;
  readonly values: readonly string[];
}

export const flags: Readonly<Record<FlagName, Flag>> = {
  for: { shape: '2h', values: ['30m', '2h', '8h'] },
  until: { shape: '18:00', values: ['09:00', '12:00', '18:00'] },
  why: { shape: '"patching"', values: [] },
  kind: { shape: 'stack,core', values: ['stack', 'core', 'stack,core', 'mini', 'full'] },
  save: { shape: null, values: [] },
  'dry-run': { shape: null, values: [] },
};

const verb = (
  target: Verb['target'],
  usage: string,
  en: string,
  ja: string,
  more: Partial<Pick<Verb, 'rest' | 'flags'>> = {},
): Verb => ({ target, usage, help: { en, ja }, rest: 'none', flags: [], ...more });

/** The table of the command line, in the order in which it is offered. */
export const verbs = {
  pause: verb('any', '[TARGET] [--for 2h | --until 18:00] [--why TEXT]', 'suspend monitoring', '監視を休止', {
    flags: ['for', 'until', 'why'],
  }),
  resume: verb('any', '[TARGET]', 'go on with monitoring', '監視を再開'),
  start: verb('any', '[TARGET]', 'start what is stopped, ended or given up', '停止・終了・断念したものを起動'),
  stop: verb('any', '[TARGET]', 'stop, and leave it stopped; asks', '停止したままにする (確認あり)'),
  restart: verb('any', '[TARGET]', 'stop and start again; a group after asking', '再起動 (グループは確認あり)'),
  clear: verb('any', '[TARGET]', 'forget the counted restarts, try again', '再起動回数を忘れ、再試行'),
  dump: verb('any', '[TARGET] [--kind stack,core]', 'take evidence now', '今すぐ証拠を採取', { flags: ['kind'] }),
  heartbeat: verb('any', '[TARGET]', 'give a sign of life in its place', '代わりにハートビートを送る'),
  why: verb('any', '[TARGET]', 'why it is as it is, and what comes next', 'なぜこの状態か、次に何が起きるか'),
  status: verb('any', '[TARGET]', 'open its details', '詳細を開く'),
  params: verb('process', '[TARGET]', 'open its parameters', 'パラメータを開く'),
  set: verb('process', '[TARGET] FIELD=VALUE... [--save]', 'change parameters while it runs', 'パラメータを変更', {
    rest: 'assignments',
    flags: ['save'],
  }),
  unset: verb('process', '[TARGET] [FIELD...]', "back to the profile's values", 'プロファイルの値に戻す', {
    rest: 'fields',
  }),
  reload: verb('none', '[--dry-run]', 'read the profiles again', 'プロファイルを読み直す', { flags: ['dry-run'] }),
  filter: verb('none', '[TEXT | /REGEX/ | !up ...]', 'show only what matches', '一致するものだけ表示', {
    rest: 'text',
  }),
  sort: verb('none', '[NAME [reverse]]', 'sort the list, and remember it', '一覧を並べ替えて覚える', { rest: 'words' }),
  columns: verb('none', '[+NAME | -NAME ...]', 'show or hide columns, and remember it', '列の表示を選んで覚える', {
    rest: 'words',
  }),
  theme: verb('none', 'dark | light | none | NAME', 'use other colours, and remember it', '配色を選んで覚える', {
    rest: 'words',
  }),
  mouse: verb('none', 'on | off', 'take the mouse or leave it to the terminal', 'マウスの使用を切り替えて覚える', {
    rest: 'words',
  }),
  bell: verb(
    'none',
    'off | bell | osc9',
    'be called when something is given up',
    '断念時に知らせる方法を選んで覚える',
    {
      rest: 'words',
    },
  ),
  quit: verb('none', '', 'leave; no process is touched', '終了。プロセスには触れない'),
} as const satisfies Readonly<Record<string, Verb>>;

export type VerbName = keyof typeof verbs;

export function isVerb(word: string): word is VerbName {
  return Object.hasOwn(verbs, word);
}

/** The table's entry without the narrowness of its literal. */
export function verbOf(name: VerbName): Verb {
  return verbs[name];
}
