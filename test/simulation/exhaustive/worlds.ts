import { parseProfiles } from '../../../source/profile/parse.ts';
import type { Profile } from '../../../source/profile/profile.ts';

const restart = 'limit: 1, within: 10s, backoff: { jitter: 0 }';

/** Two processes and one dependency; each world with the profiles that a reload may put in force. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'command on command': [
    `groups: { shop: { processes: {
      base: { command: [base], ready: { tcp: "1", within: 5s }, restart: { ${restart} } },
      top: { command: [top], dependsOn: { base: ready }, restart: { ${restart} } } } } }`,
    `groups: { shop: { strategy: one-for-all, processes: {
      base: { command: [base, changed], restart: { ${restart}, delay: 1s } } } } }`,
  ],
  'command on match': [
    `groups: { shop: { strategy: rest-for-one, processes: {
      base: { match: { executable: base }, restart: { run: [start], timeout: 3s, ${restart} } },
      top: { command: [top], dependsOn: { base: started }, restart: { ${restart} } } } } }`,
    `groups: { shop: { strategy: one-for-all, processes: {
      base: { match: { executable: base } },
      top: { command: [top, changed], dependsOn: { base: started }, stop: { tree: false }, restart: { ${restart} } } } } }`,
  ],
  'rules on command': [
    `groups: { shop: { processes: {
      base: { command: [base], stall: { heartbeat: 10s, probe: { tcp: "1", interval: 5s, failures: 2 } }, onStall: restart, restart: { ${restart} } },
      top: { command: [top], dependsOn: { base: ready }, stall: { blocked: 10s }, onStall: alert, restart: { ${restart} } } } } }`,
    `groups: { shop: { strategy: one-for-all, processes: {
      base: { command: [base], stall: { heartbeat: 20s, output: 10s }, onStall: restart, keep: 0, restart: { ${restart} } } } } }`,
  ],
};

export const smallWorlds: Readonly<Record<string, readonly Profile[]>> = Object.fromEntries(
  Object.entries(texts).map(([name, profiles]) => [name, profiles.map((text) => profileOf(text))]),
);

function profileOf(text: string): Profile {
  const around = { environment: {}, system: 'linux', readFile: () => null } as const;
  const parsed = parseProfiles([{ file: 'small.yaml', text }], around);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.profile;
}
