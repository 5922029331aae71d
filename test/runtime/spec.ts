import { parseProfiles } from '../../source/profile/parse.ts';
import type { ProcessSpec } from '../../source/profile/profile.ts';

/** The checked entry of one command with these fields. */
export function specWith(fields: string): ProcessSpec {
  const text = `groups: { shop: { processes: { api: { command: [api]${fields === '' ? '' : `, ${fields}`} } } } }`;
  const around = { environment: {}, system: 'linux', readFile: () => null } as const;
  const parsed = parseProfiles([{ file: 'test.yaml', text }], around);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const spec = parsed.profile.groups[0]?.processes[0];
  if (spec === undefined) throw new Error('the profile holds no process');
  return spec;
}
