// Whatever root reads and obeys must be out of others' reach.
import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';

const groupWrite = 0o020;
const othersWrite = 0o002;
const sticky = 0o1000;
/** As many as the kernel follows. */
const linkBound = 40;

/**
 * Who besides root and ourselves could change this file, or put another in its place: a sentence, or null when nobody can.
 * Looks at the file, each folder above it, and the same for every symbolic link on the way. A missing file is nobody's.
 */
export function whoElseMayWrite(path: string): string | null {
  let current = resolve(path);
  for (let links = 0; links <= linkBound; links++) {
    const step = walk(current);
    if (step.kind !== 'link') return step.kind === 'safe' ? null : step.reason;
    current = step.target;
  }
  return `${path} leads through too many symbolic links`;
}

type Step =
  | { readonly kind: 'safe' }
  | { readonly kind: 'unsafe'; readonly reason: string }
  /** One link was resolved; the walk begins anew at its target. */
  | { readonly kind: 'link'; readonly target: string };

function walk(path: string): Step {
  const parts = partsOf(path);
  for (const [index, part] of parts.entries()) {
    const stat = lstatSync(part, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'safe' };
    const reason = whyUnsafe(part, stat);
    if (reason !== null) return { kind: 'unsafe', reason };
    if (stat.isSymbolicLink()) {
      const rest = parts.at(-1)?.slice(parts[index]?.length) ?? '';
      return { kind: 'link', target: resolve(dirname(part), readlinkSync(part)) + rest };
    }
  }
  return { kind: 'safe' };
}

/** '/', '/etc', '/etc/procsaver', '/etc/procsaver/shop.yaml'. */
function partsOf(path: string): string[] {
  const parts = [path];
  for (let folder = dirname(path); folder !== parts[0]; folder = dirname(folder)) parts.unshift(folder);
  return parts;
}

function isTrusted(uid: number): boolean {
  return uid === 0 || uid === process.geteuid?.();
}

function whyUnsafe(path: string, stat: Stats): string | null {
  if (!isTrusted(stat.uid)) return `${path} belongs to user ${stat.uid}`;
  // A link's own mode means nothing, and in a sticky folder only an entry's owner may replace it, who was checked above.
  if (stat.isSymbolicLink()) return null;
  const isHeldBySticky = stat.isDirectory() && (stat.mode & sticky) !== 0;
  if (isHeldBySticky) return null;
  if ((stat.mode & othersWrite) !== 0) return `${path} may be written by everybody`;
  if ((stat.mode & groupWrite) !== 0 && stat.gid !== 0) return `${path} may be written by group ${stat.gid}`;
  return null;
}
