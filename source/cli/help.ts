import { widthOf } from '../format/width.ts';
import type { Language } from '../notices/notice.ts';
import { fold, pad } from './columns.ts';
import { type Command, type CommandName, commandOf, commands, sections, type TargetForm } from './commands.ts';
import { exitStatusHelp } from './exit-status.ts';
import { asTyped, type Flag, type FlagName, flags, globalFlags } from './flags.ts';
import type { Text } from './messages.ts';

const titles = {
  usage: { en: 'Usage', ja: '使い方' },
  flags: { en: 'Flags', ja: 'オプション' },
  examples: { en: 'Examples', ja: '例' },
  target: { en: 'Target', ja: '対象' },
  statuses: { en: 'Exit status', ja: '終了ステータス' },
  tagline: {
    en: 'procsaver keeps business programs alive: sees a death at once, restarts, and shows it.',
    ja: 'procsaver は業務プログラムを見守り、停止をただちに検知して再起動し、その様子を表示します。',
  },
  profiles: { en: 'Profiles', ja: 'プロファイル' },
  profilesHelp: {
    en: 'files, or folders of *.yaml, *.yml and *.json; where none is named, /etc/procsaver/profiles.d (root) or ~/.config/procsaver/profiles.d, on Windows %ProgramData%\\procsaver\\profiles.d',
    ja: 'ファイル、または *.yaml、*.yml、*.json のあるディレクトリ。省略時は /etc/procsaver/profiles.d (root) または ~/.config/procsaver/profiles.d、Windows では %ProgramData%\\procsaver\\profiles.d',
  },
  more: {
    en: 'procsaver COMMAND --help tells more of a command.',
    ja: 'procsaver COMMAND --help でコマンドの詳しい説明を表示します。',
  },
} as const satisfies Readonly<Record<string, Text>>;

const targetForms: Readonly<Record<TargetForm, Text>> = {
  group: { en: 'group', ja: 'グループ' },
  process: { en: 'group/process', ja: 'グループ/プロセス' },
  slot: { en: 'group/process#2', ja: 'グループ/プロセス#2' },
  pid: { en: 'a pid', ja: 'pid' },
};

const formSummaries: readonly (readonly [string, Text])[] = [
  [
    'procsaver [PROFILE...]',
    {
      en: 'the console; attaches to the running engine, or brings its own',
      ja: 'コンソール。動作中のエンジンに接続し、なければ自分で動かす',
    },
  ],
  [
    'procsaver --daemon [PROFILE...]',
    { en: 'the engine without a screen, in the foreground', ja: '画面なしのエンジンをフォアグラウンドで' },
  ],
  ['procsaver COMMAND', { en: 'a command for every key of the console', ja: 'コンソールの各キーに対応するコマンド' }],
];

const firstExamples = [
  'procsaver shop.yaml',
  'procsaver --daemon /etc/procsaver/profiles.d/shop.yaml',
  'procsaver status shop',
  'procsaver pause shop --for 2h --why "patching"',
  'procsaver set shop/api restart.limit=5',
  'procsaver events --since 1h',
];

/** The manual's first page. */
export function helpPage(language: Language): string {
  const all = Object.keys(commands) as CommandName[];
  const rows = all.map((name) => [usageOf(name).replace('procsaver ', ''), commandOf(name).summary[language]] as const);
  const width = Math.max(...rows.map(([usage]) => usage.length));
  const bySection = sections.flatMap(({ name: section, title }) => {
    const own = all.flatMap((name, index) => (commandOf(name).section === section ? [rows[index] ?? ['', '']] : []));
    return ['', title[language], ...twoColumns(own as Row[], width)];
  });
  return [
    titles.tagline[language],
    '',
    titles.usage[language],
    ...twoColumns(formSummaries.map(([usage, summary]) => [usage, summary[language]])),
    ...bySection,
    '',
    titles.target[language],
    `  ${targetHelp(Object.keys(targetForms) as TargetForm[], true, language)}`,
    '',
    titles.profiles[language],
    ...fold(titles.profilesHelp[language], 100).map((line) => `  ${line}`),
    '',
    titles.flags[language],
    ...flagLines(globalFlags, language),
    '',
    titles.examples[language],
    ...firstExamples.map((example) => `  ${example}`),
    '',
    titles.statuses[language],
    ...fold(exitStatusHelp[language], 100).map((line) => `  ${line}`),
    '',
    titles.more[language],
  ].join('\n');
}

/** One command's own page. */
export function commandHelpPage(name: CommandName, language: Language): string {
  const command: Command = commandOf(name);
  const block = (title: Text, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title[language], ...lines];
  return [
    usageOf(name),
    `  ${command.summary[language]}`,
    ...(command.details === undefined ? [] : ['', ...fold(command.details[language], 98).map((line) => `  ${line}`)]),
    ...block(titles.target, targetOf(command, language)),
    ...block(
      titles.flags,
      flagLines([...command.flags, ...globalFlags.filter((flag) => flag !== 'version')], language),
    ),
    ...block(
      titles.examples,
      command.examples.map((example) => `  ${example}`),
    ),
  ].join('\n');
}

/** `procsaver pause TARGET [--for 2h] [--until HH:MM] [--why TEXT]` */
function usageOf(name: CommandName): string {
  const command: Command = commandOf(name);
  const target = { none: [], optional: ['[TARGET]'], required: ['TARGET'] }[command.target];
  const rest =
    command.rest === undefined
      ? []
      : [command.rest.isRequired ? `${command.rest.name}...` : `[${command.rest.name}...]`];
  const own = command.flags.filter((flag) => flag !== 'all').map((flag) => `[${flagUsage(flag)}]`);
  return ['procsaver', name, ...target, ...rest, ...own].join(' ');
}

/** What its target may name, in one line; none for a command without a target. */
function targetOf(command: Command, language: Language): string[] {
  if (command.target === 'none') return [];
  const forms = command.targetForms ?? (Object.keys(targetForms) as TargetForm[]);
  return [`  ${targetHelp(forms, command.flags.includes('all'), language)}`];
}

function targetHelp(forms: readonly TargetForm[], withAll: boolean, language: Language): string {
  const words = forms.map((form) => targetForms[form][language]);
  const all = withAll ? [...words, '--all'] : words;
  const comma = language === 'ja' ? '、' : ', ';
  return `${all.slice(0, -1).join(comma)}${language === 'ja' ? '、または ' : ', or '}${all.at(-1)}`;
}

function flagLines(names: readonly FlagName[], language: Language): string[] {
  return twoColumns(
    names.map((name) => {
      const { shortFlag, help }: Flag = flags[name];
      return [`${shortFlag === undefined ? '' : `-${shortFlag}, `}${flagUsage(name)}`, help[language]];
    }),
  );
}

function flagUsage(name: FlagName): string {
  const { value }: Flag = flags[name];
  return value === undefined ? asTyped(name) : `${asTyped(name)} ${value}`;
}

type Row = readonly [string, string];

function twoColumns(rows: readonly Row[], width = Math.max(...rows.map(([left]) => widthOf(left)))): string[] {
  return rows.map(([left, right]) => `  ${pad(left, width)}  ${right}`);
}
