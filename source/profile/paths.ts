/** The operating systems that a profile can hold separate fields for. */
export const systems = ['linux', 'windows'] as const;
export type System = (typeof systems)[number];

/** Paths as text, since this room knows no machine. */
export interface PathContext {
  readonly system: System;
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly home: string | null;
}

export function isAbsolute(path: string, system: System): boolean {
  return system === 'windows' ? /^(?:[a-z]:[\\/]|[\\/]{2})/i.test(path) : path.startsWith('/');
}

/** The folder that a file stands in. */
export function folderOf(file: string, system: System): string {
  const at = system === 'windows' ? Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) : file.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 || /^[a-z]:$/i.test(file.slice(0, at)) ? file.slice(0, at + 1) : file.slice(0, at);
}

/** `~/` is the home directory; relative paths are laid on the folder; `.` and `..` are gone through. */
export function resolvePath(path: string, context: PathContext): string {
  const { system, folder, home } = context;
  const full = home !== null && /^~(?=[\\/]|$)/.test(path) ? home + path.slice(1) : path;
  const separator = system === 'windows' ? '\\' : '/';
  return normalise(isAbsolute(full, system) || folder === '.' ? full : `${folder}${separator}${full}`, system);
}

function normalise(path: string, system: System): string {
  const separator = system === 'windows' ? '\\' : '/';
  const root =
    system === 'windows' ? (/^(?:[a-z]:[\\/]?|[\\/]{2})/i.exec(path)?.[0] ?? '') : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.slice(root.length).split(system === 'windows' ? /[\\/]/ : '/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || root === '') parts.push(part);
  }
  const joined = root.replaceAll(/[\\/]/g, separator) + parts.join(separator);
  return joined === '' ? '.' : joined;
}
