import { catalogue, type NoticeEntry } from './catalogue.ts';
import { inPlural } from './fill-in.ts';

/** The list of all notices in Markdown, in the order of the catalogue. */
export function noticeReference(): string {
  const rows = Object.entries<NoticeEntry>(catalogue).map(([id, { severity, when, en, ja }]) =>
    row([`\`${id}\``, severity, when, inPlural(en), inPlural(ja)]),
  );
  return [
    '# Notices',
    'Written by `npm run generate` from the table in `source/notices/catalogue.ts`; change it there.',
    [
      'Every line of the journal is one of these. Ids and severities are stable: a log monitor can alert on them.',
      '`{name}` stands for a value, which `events --json` also gives by itself under `parameters` ([json-output.md](json-output.md)).',
      'Severities, from the lightest: `info`, `warning`, `error`, `critical`.',
    ].join('\n'),
    ['| id | severity | when | English | Japanese |', '|---|---|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
