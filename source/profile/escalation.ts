import type { Escalation } from './profile.ts';

/** As one would write it in a profile, on one line: `failover`, `run: /usr/local/bin/tell-operators --urgent`. */
export function escalationText(escalation: Escalation): string {
  if (escalation.do === 'run') return `run: ${escalation.command.map(word).join(' ')}`;
  return escalation.do === 'plugin' ? `plugin: ${escalation.name}` : escalation.do;
}

/** Quotes hold together what would look like several words. */
function word(text: string): string {
  return /^[^\s"'\\]+$/.test(text) ? text : JSON.stringify(text);
}
