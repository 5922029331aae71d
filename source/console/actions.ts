import type { Language } from '../notices/notice.ts';
import { obstacles } from './action/obstacles.ts';
import { readingActions } from './action/reading-actions.ts';
import { subjectsOf } from './action/subject.ts';
import { pausingGroups, turnedVerb } from './action/verb.ts';
import type { Model } from './model.ts';

/** Every action there is. Keys stand in keymap.ts, what an action does in perform.ts. */
export interface Action {
  /** One or two words for the bottom bar. */
  readonly label: Words;
  /** One sentence for the help screen. */
  readonly help: Words;
  /** The command that does the same from a shell; null for what only moves about on the screen. */
  readonly command: string | null;
  /** Asks once before it is done. */
  readonly isDangerous: boolean;
  /** Why it cannot be done now; null when it can. */
  readonly obstacle: (model: Model) => string | null;
}

type Words = Readonly<Record<Language, string>>;

const always = (): null => null;

function movement(en: string, ja: string, helpEn: string, helpJa: string): Action {
  return { label: { en, ja }, help: { en: helpEn, ja: helpJa }, command: null, isDangerous: false, obstacle: always };
}

export const actions = {
  up: movement('up', '上', 'one row up', '1 行上へ'),
  down: movement('down', '下', 'one row down', '1 行下へ'),
  'page-up': movement('page up', '前頁', 'one page up', '1 頁上へ'),
  'page-down': movement('page down', '次頁', 'one page down', '1 頁下へ'),
  first: movement('first', '先頭', 'to the first row', '先頭へ'),
  last: movement('last', '末尾', 'to the last row', '末尾へ'),
  fold: movement('fold', '畳む', 'fold the group, or hide the slots', 'グループを畳む'),
  unfold: movement('unfold', '開く', 'unfold the group, or show the slots', 'グループを開く'),
  'fold-all': movement('fold all', '全て畳む', 'fold or unfold every group', '全グループを畳む・開く'),
  mark: movement(
    'mark',
    '選択',
    'mark the row: the next action takes all that are marked',
    '行に印を付け、まとめて操作する',
  ),
  filter: movement(
    'filter',
    '絞込',
    'show only what matches: a name, /regex/, bad, !up, fatal',
    '名前や状態で絞り込む (例: !up)',
  ),
  back: movement(
    'back',
    '戻る',
    'back; on the list: first the marks go, then the filter',
    '戻る。一覧では印、次に絞り込みを消す',
  ),
  sort: movement('sort', '並替', 'sort by name, state, restarts, stall, cpu, memory, up', '状態や使用量で並べ替える'),
  columns: movement('columns', '列', 'choose the columns of the list', '一覧の列を選ぶ'),
  'copy-name': {
    ...movement('copy', 'コピー', 'copy the name, or FIELD=VALUE, into the clipboard', '名前をクリップボードへコピー'),
    obstacle: (model) => (model.screen.is === 'parameters' ? null : obstacles.details(model)),
  },
  'copy-pid': {
    ...movement('copy pid', 'PID', 'copy the pids into the clipboard', 'PID をクリップボードへコピー'),
    obstacle: obstacles.copyPid,
  },
  prompt: movement('command', 'コマンド', 'type a command; Tab completes it', 'コマンドを入力。Tab で補完'),
  help: movement('keys', 'キー', 'this page', 'この頁'),
  redraw: movement('redraw', '再描画', 'draw the screen anew', '画面を描き直す'),
  suspend: {
    ...movement('suspend', '中断', 'back to the shell until fg', 'fg までシェルに戻る'),
    obstacle: obstacles.suspend,
  },
  details: {
    label: { en: 'details', ja: '詳細' },
    help: {
      en: 'open it: why, needs, restarts, output; a group: members',
      ja: '開く: 理由、依存、再起動、出力。グループではメンバー',
    },
    command: 'procsaver status TARGET',
    isDangerous: false,
    obstacle: obstacles.details,
  },
  why: {
    label: { en: 'why', ja: '理由' },
    help: { en: 'why it is as it is, and what comes next', ja: 'なぜこの状態か、次に何が起きるか' },
    command: 'procsaver why TARGET',
    isDangerous: false,
    obstacle: obstacles.why,
  },
  problems: {
    label: { en: 'problems', ja: '問題' },
    help: {
      en: 'what is wrong with the profiles of the last reload',
      ja: '再読み込みで拒否されたプロファイルの問題',
    },
    command: 'procsaver reload --dry-run',
    isDangerous: false,
    obstacle: obstacles.problems,
  },
  stalls: {
    label: { en: 'stalls', ja: 'ストール' },
    help: {
      en: 'is it hanging, and where? every stall timer and threads',
      ja: '止まっていないか。全ストールタイマーとスレッド',
    },
    command: 'procsaver status',
    isDangerous: false,
    obstacle: always,
  },
  pause: {
    label: { en: 'pause', ja: '休止' },
    help: {
      en: 'pause monitoring (asks why, how long), or resume it',
      ja: '監視を休止 (理由と期間を尋ねる)、または再開',
    },
    command: 'procsaver pause TARGET --for 2h --why TEXT',
    isDangerous: false,
    obstacle: obstacles.pause,
  },
  'pause-all': {
    label: { en: 'pause all', ja: '全て休止' },
    help: { en: 'pause or resume monitoring of everything', ja: '全ての監視を休止・再開' },
    command: 'procsaver pause --all',
    isDangerous: false,
    obstacle: obstacles.connected,
  },
  restart: {
    label: { en: 'restart', ja: '再起動' },
    help: { en: 'restart it; a whole group after asking', ja: '再起動。グループ全体は確認してから' },
    command: 'procsaver restart TARGET',
    isDangerous: true,
    obstacle: obstacles.restart,
  },
  'stop-start': {
    label: { en: 'stop', ja: '停止' },
    help: { en: 'stop it after asking, or start it', ja: '確認してから停止、または起動' },
    command: 'procsaver stop TARGET',
    isDangerous: true,
    obstacle: obstacles.stopStart,
  },
  dump: {
    label: { en: 'dump', ja: '採取' },
    help: {
      en: 'take a dump now: stacks, samples, output; no restart',
      ja: '今すぐ証拠を採取。再起動はしない',
    },
    command: 'procsaver dump TARGET',
    isDangerous: false,
    obstacle: obstacles.dump,
  },
  clear: {
    label: { en: 'clear', ja: '解除' },
    help: {
      en: 'forget its restarts; what was given up is tried again',
      ja: '再起動回数を忘れ、断念したものを再試行',
    },
    command: 'procsaver clear TARGET',
    isDangerous: false,
    obstacle: obstacles.clear,
  },
  edit: {
    label: { en: 'edit', ja: '変更' },
    help: { en: 'change its limits and other parameters, live', ja: '再起動の上限などのパラメータを実行中に変更' },
    command: 'procsaver set TARGET FIELD=VALUE',
    isDangerous: false,
    obstacle: obstacles.edit,
  },
  'edit-value': {
    label: { en: 'change', ja: '変更' },
    help: { en: 'change the value; Enter applies it', ja: '値を変更。Enter で適用' },
    command: 'procsaver set TARGET FIELD=VALUE',
    isDangerous: false,
    obstacle: obstacles.editValue,
  },
  undo: {
    label: { en: 'undo', ja: '取消' },
    help: { en: "back to the profile's value", ja: 'プロファイルの値に戻す' },
    command: 'procsaver unset TARGET FIELD',
    isDangerous: false,
    obstacle: obstacles.undo,
  },
  write: {
    label: { en: 'write', ja: '保存' },
    help: {
      en: 'write the changes into the profile; shows them first',
      ja: '変更をプロファイルに書き込む。先に差分を表示',
    },
    command: 'procsaver set TARGET FIELD=VALUE --save',
    isDangerous: false,
    obstacle: obstacles.write,
  },
  ...readingActions,
  quit: {
    label: { en: 'quit', ja: '終了' },
    help: {
      en: 'leave; watching goes on, or it asks whether it shall',
      ja: '終了。監視は続く (続けるか尋ねることもある)',
    },
    command: null,
    isDangerous: false,
    obstacle: always,
  },
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof actions;

/** The bar's word for it now: pause becomes resume, stop becomes start. */
export function labelOf(name: ActionName, model: Model): string {
  const verb = turnedVerb(name, model);
  if (verb === 'resume' && pausingGroups(subjectsOf(model)).length > 0) return TURNED['resume-group'][model.language];
  return (verb === 'resume' || verb === 'start' ? TURNED[verb] : actions[name].label)[model.language];
}

const TURNED = {
  resume: { en: 'resume', ja: '再開' },
  'resume-group': { en: 'resume group', ja: 'グループ再開' },
  start: { en: 'start', ja: '起動' },
} as const satisfies Readonly<Record<string, Words>>;
