import type { Text } from './messages.ts';

export interface Flag {
  readonly type: 'boolean' | 'string';
  readonly shortFlag?: string;
  /** How its value is called in the help; also an example of it. */
  readonly value?: string;
  /** May be given several times; the values are joined by commas, as one could have written them at once. */
  readonly isMultiple?: true;
  /** An empty value is fine. */
  readonly mayBeEmpty?: true;
  readonly help: Text;
}

/** Every flag there is; a flag means the same wherever it may stand. */
export const flags = {
  daemon: {
    type: 'boolean',
    help: { en: 'the engine without a screen, in the foreground', ja: '画面なしのエンジンをフォアグラウンドで動かす' },
  },
  instance: {
    type: 'string',
    value: 'NAME',
    help: {
      en: 'which engine, where several run (default: default)',
      ja: '複数のエンジンを区別する名前 (省略時: default)',
    },
  },
  lang: {
    type: 'string',
    value: 'en|ja',
    help: { en: 'language (default: by the locale)', ja: '言語 (省略時: ロケール)' },
  },
  json: {
    type: 'boolean',
    help: { en: 'for programs: one JSON object, or one a line', ja: 'プログラム向け: JSON で出力する' },
  },
  help: {
    type: 'boolean',
    shortFlag: 'h',
    help: { en: 'this page; after a command, its own', ja: 'この説明。コマンドの後ではその説明' },
  },
  dryRun: {
    type: 'boolean',
    help: { en: 'say what it would do, and do nothing', ja: '何をするかを示すだけで、実行しない' },
  },
  version: { type: 'boolean', shortFlag: 'V', help: { en: 'the version', ja: 'バージョン' } },
  all: { type: 'boolean', help: { en: 'everything that the engine watches', ja: 'エンジンが監視するすべて' } },
  for: {
    type: 'string',
    value: '2h',
    help: { en: 'how long, such as 30m, 2h or 1h30m', ja: '期間 (例: 30m、2h、1h30m)' },
  },
  until: {
    type: 'string',
    value: 'HH:MM',
    help: {
      en: 'until the next time it is HH:MM, or YYYY-MM-DD HH:MM',
      ja: '次の HH:MM、または YYYY-MM-DD HH:MM まで',
    },
  },
  why: {
    type: 'string',
    value: 'TEXT',
    mayBeEmpty: true,
    help: { en: 'the reason, shown to everybody', ja: '理由。全員に表示される' },
  },
  save: {
    type: 'boolean',
    help: {
      en: 'write all changed values of TARGET into its profile, comments kept',
      ja: '対象の変更済みの値をすべてプロファイルに書き込む (コメントは残る)',
    },
  },
  watch: {
    type: 'boolean',
    shortFlag: 'w',
    help: { en: 'again at each change, until Ctrl-C', ja: '変化のたびに表示し直す (Ctrl-C で終了)' },
  },
  follow: {
    type: 'boolean',
    shortFlag: 'f',
    help: { en: 'go on with new ones as they come', ja: '新しいものを続けて表示する' },
  },
  since: {
    type: 'string',
    value: '1h',
    help: {
      en: 'from so long ago on, or from HH:MM or YYYY-MM-DD HH:MM',
      ja: 'この期間前から、または HH:MM、YYYY-MM-DD HH:MM から',
    },
  },
  lines: {
    type: 'string',
    shortFlag: 'n',
    value: '100',
    help: { en: 'the last ones only', ja: '最後の何件かだけ' },
  },
  kind: {
    type: 'string',
    value: 'stack',
    isMultiple: true,
    help: {
      en: 'stack, core, mini or full; several by commas (default: as the profile says)',
      ja: 'stack、core、mini、full。複数はコンマ区切り (省略時: プロファイルの指定)',
    },
  },
  to: {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'the archive to write (default: the name of the incident, here)',
      ja: '書き出すファイル (省略時: 現在のディレクトリにインシデントの名前で)',
    },
  },
  now: {
    type: 'boolean',
    help: { en: 'start it at once too', ja: 'すぐに起動する' },
  },
  user: {
    type: 'boolean',
    help: {
      en: 'with your own service manager (default: unless you are root)',
      ja: '自分のサービスマネージャーに登録する (root 以外では既定)',
    },
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;

/** May stand with every command. */
export const globalFlags: readonly FlagName[] = ['instance', 'lang', 'json', 'help', 'version'];

type ValueOf<F extends Flag> = F['type'] extends 'boolean' ? boolean | undefined : string | undefined;

/** As given on the command line. */
export type FlagValues = { readonly [N in FlagName]: ValueOf<(typeof flags)[N]> };

/** meow reads `--dry-run` as `dryRun`. */
export function asTyped(key: string): string {
  return key.length === 1 ? `-${key}` : `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
