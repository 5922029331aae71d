import type { Language } from '../notices/notice.ts';
import { type CommandName, commandOf, commands, sections } from './commands.ts';
import { exitStatusHelp } from './exit-status.ts';
import { commandHelpPage, helpPage } from './help.ts';
import type { Text } from './messages.ts';

const words = {
  title: { en: 'Commands', ja: 'コマンド' },
  origin: {
    en: 'Written by `npm run generate` from the tables in `source/cli/`; change them there. These are the pages of `--help`.',
    ja: '`source/cli/` の表から `npm run generate` で生成しています。変更はそちらで行ってください。内容は `--help` と同じです。',
  },
  statuses: { en: 'Exit statuses', ja: '終了ステータス' },
} as const satisfies Readonly<Record<string, Text>>;

/** The pages of the help in Markdown. */
export function commandReference(language: Language): string {
  const names = Object.keys(commands) as CommandName[];
  return [
    `# ${words.title[language]}`,
    words.origin[language],
    page(helpPage(language)),
    ...sections.flatMap(({ name: section, title }) => [
      `## ${title[language]}`,
      ...names
        .filter((name) => commandOf(name).section === section)
        .flatMap((name) => [`### ${name}`, page(commandHelpPage(name, language))]),
    ]),
    `## ${words.statuses[language]}`,
    statusTable(language),
  ]
    .join('\n\n')
    .concat('\n');
}

function page(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

function statusTable(language: Language): string {
  const rows = exitStatusHelp[language].split(' · ').map((status) => status.replace(/^(\d) (.*)$/, '| $1 | $2 |'));
  return ['| | |', '|---|---|', ...rows].join('\n');
}
