import { systemNames } from '../check.ts';
import { type Field, type FieldTable, kinds } from '../field.ts';
import { chapters, groupFields, topFields } from '../fields.ts';
import { systems } from '../paths.ts';

/** The reference of all fields in Markdown, a table a chapter. */
export function fieldReference(): string {
  return [
    '# The fields of a profile',
    'Written by `npm run generate` from the table in `source/profile/fields.ts`; change it there.',
    [
      'Durations are whole numbers with units: `500ms`, `10s`, `5m`, `24h`, `30d`, `1h30m`. Sizes are `64K`, `512M`, `2G`; shares of one core `95%`.',
      '`${NAME}` and `${NAME:-default}` are taken from the environment in every value; `$$` stands for one `$`.',
      'Relative paths are relative to the folder of the profile. *Live* fields can be changed while the process runs, by `procsaver set` or on the screen.',
    ].join('\n'),
    '## The profile',
    ...table(topFields),
    '`groups` holds the groups by name. `defaults`, here or in a group, may hold any field of a process; the nearest one written wins. Maps are merged key by key, lists and single values replaced.',
    '## A group',
    ...table(groupFields),
    '`processes` holds the processes by name. Names are letters, digits, `_`, `.` and `-`.',
    '## A process',
    'A process has one of `command` (procsaver starts it), `match` (something else starts it, procsaver finds it) and `service` (the service manager of the system starts it). Fields under `linux:` or `windows:` hold on that system only.',
    ...chapters.flatMap(({ title, fields }) => [`### ${title}`, ...table(fields)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function table(fields: FieldTable): string[] {
  const rows = Object.entries(fields).map(([path, field]) => row(path, field));
  return [['| field | type | default | live | |', '|---|---|---|---|---|', ...rows].join('\n')];
}

function row(path: string, field: Field<unknown>): string {
  const { type, help, live } = field;
  const words = type.range === '' || type.range === 'true or false' ? type.words : `${type.words}, ${type.range}`;
  const value =
    field.default === null
      ? ''
      : `\`${typeof field.default === 'string' ? field.default : JSON.stringify(field.default)}\``;
  const only = field.kinds.map((kind) => `\`${kind}\``).join(' and ');
  const kind = field.kinds.length < kinds.length ? ` Only ${only} entries.` : '';
  const on = field.systems.map((system) => systemNames[system]).join(' and ');
  const system = field.systems.length < systems.length ? ` ${on} only.` : '';
  const cells = [`\`${path}\``, words, value === '``' ? '' : value, live ? 'yes' : '', help + kind + system];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
