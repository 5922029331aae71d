import { type ParseOptions, parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import type { CommandSpec, MatchSpec, ProcessSpec, Profile } from '../../source/profile/profile.ts';

const options: ParseOptions = { environment: {}, system: 'linux', readFile: () => null, home: '/home/ops' };

/** What is said about a text that stands in `shop.yaml`: a line a problem. */
export function problemsOf(text: string, more: Partial<ParseOptions> = {}): string[] {
  const result = parseProfiles([{ file: 'shop.yaml', text }], { ...options, ...more });
  return result.ok ? [] : result.problems.map(formatProblem);
}

/** The profile in a text that stands in `/etc/procsaver/shop.yaml`. */
export function profileOf(text: string, more: Partial<ParseOptions> = {}): Profile {
  const result = parseProfiles([{ file: '/etc/procsaver/shop.yaml', text }], { ...options, ...more });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.profile;
}

/** One process of it, by its full name. */
export function processOf(text: string, name: string, more: Partial<ParseOptions> = {}): ProcessSpec {
  const [group, process] = name.split('/');
  const found = profileOf(text, more)
    .groups.find((one) => one.name === group)
    ?.processes.find((one) => one.name === process);
  if (found === undefined) throw new Error(`no process ${name}`);
  return found;
}

/** The process `shop/api` whose fields are given as one flow map: `{ command: node }`. */
export function api(fields: string, more: Partial<ParseOptions> = {}): CommandSpec {
  const spec = processOf(shop(fields), 'shop/api', more);
  if (spec.kind !== 'command') throw new Error('not a command');
  return spec;
}

export function found(fields: string): MatchSpec {
  const spec = processOf(shop(fields), 'shop/api');
  if (spec.kind !== 'match') throw new Error('not a match');
  return spec;
}

/** A profile of one process; the fields begin at line 4, column 12. */
export function shop(fields: string): string {
  return `groups:\n  shop:\n    processes:\n      api: ${fields}\n`;
}
