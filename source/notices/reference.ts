import { catalogue, type NoticeEntry } from './catalogue.ts';
import { inPlural } from './fill-in.ts';

/** The list of all notices in Markdown, in the order of the catalogue. */
export function noticeReference(): string {
  const rows = Object.entries<NoticeEntry>(catalogue).map(([id, { number, severity, when, en, ja }]) =>
    row([`\`${id}\``, String(number), severity, when, inPlural(en), inPlural(ja)]),
  );
  return [
    '# Notices',
    'Written by `npm run generate` from the table in `source/notices/catalogue.ts`; change it there.',
    [
      'Every line of the journal is one of these. Ids, numbers and severities are stable: a log monitor can alert on them.',
      '`{name}` stands for a value, which `events --json` also gives by itself under `parameters` ([json-output.md](json-output.md)).',
      'The number is the id of the event in the event log of Windows (source `procsaver`, log Application); 1 is what a daemon that runs as a service says besides, such as why it cannot begin.',
      'Severities, from the lightest: `info`, `warning`, `error`, `critical`.',
    ].join('\n'),
    ['| id | number | severity | when | English | Japanese |', '|---|---|---|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
