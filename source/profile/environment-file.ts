import { environmentNameTrouble } from './fields/how-it-runs.ts';
import type { Report } from './problem.ts';

/**
 * Lines NAME=text, as systemd and Docker Compose read them: `#` and `;` begin a comment line, `export` is passed over,
 * quotes round the whole text are taken off (in double quotes \n, \t, \" and \\ are characters). Nothing is expanded.
 * The text of a line is never repeated in a problem: such files hold secrets.
 */
export function parseEnvironmentFile(file: string, text: string, path: string, report: Report): Record<string, string> {
  const variables: [string, string][] = [];
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const place = { file, line: index + 1, column: whole.indexOf(line) + 1, path };
    const found = /^(?:export\s+)?([^=\s]+)\s*=\s*(.*)$/.exec(line);
    const [, name = '', value = ''] = found ?? [];
    const trouble = found === null ? 'this line sets no variable' : environmentNameTrouble(name);
    if (trouble !== null) report(place, { what: trouble, expected: 'NAME=text', hint: 'begin comments with #' });
    else if (value.includes('\0'))
      report(place, { what: 'holds a NUL character', expected: 'text', hint: 'take it out' });
    else variables.push([name, unquote(value)]);
  }
  return Object.fromEntries(variables);
}

function unquote(value: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
  if (/^'[^']*'$/.test(value)) return value.slice(1, -1);
  if (!/^"(?:[^"\\]|\\.)*"$/.test(value)) return value;
  return value.slice(1, -1).replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
