// Names of users and groups. Local files first; what they do not know is asked of `getent`, which also asks LDAP and the like,
// in a process of its own where a slow directory server holds nobody up.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Database = 'passwd' | 'group';

export interface NamedId {
  readonly name: string;
  readonly id: number;
  /** A user's main group; a group's own number. */
  readonly gid: number;
  /** A user's home and login shell; empty for a group. */
  readonly home: string;
  readonly shell: string;
}

const patienceMs = 5_000;

function parse(database: Database, line: string): NamedId | null {
  const fields = line.split(':');
  const [name, , id, gid, , home, shell] = fields;
  if (name === undefined || id === undefined || !/^\d+$/.test(id)) return null;
  if (database === 'group') return { name, id: Number(id), gid: Number(id), home: '', shell: '' };
  return { name, id: Number(id), gid: Number(gid), home: home ?? '', shell: shell ?? '' };
}

function findLocally(database: Database, nameOrNumber: string): NamedId | null {
  let text: string;
  try {
    text = readFileSync(`/etc/${database}`, 'utf8');
  } catch {
    return null;
  }
  // A name may consist of digits; then the name wins, as it does for chown(1).
  let byNumber: NamedId | null = null;
  for (const line of text.split('\n')) {
    const entry = parse(database, line);
    if (entry?.name === nameOrNumber) return entry;
    if (byNumber === null && entry !== null && String(entry.id) === nameOrNumber) byNumber = entry;
  }
  return byNumber;
}

/** Reports null for nobody known. A bare number that nobody bears is still nobody. */
export function findUserOrGroup(
  database: Database,
  nameOrNumber: string,
  report: (found: NamedId | null) => void,
): void {
  const local = findLocally(database, nameOrNumber);
  if (local !== null) {
    queueMicrotask(() => report(local));
    return;
  }
  execFile('getent', [database, nameOrNumber], { timeout: patienceMs }, (error, stdout) => {
    report(error === null ? parse(database, stdout.trim()) : null);
  });
}

/** For display only: local files, else the bare number. */
export function userName(uid: number): string {
  return findLocally('passwd', String(uid))?.name ?? String(uid);
}
