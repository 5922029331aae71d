// Where the cgroups of a process lie in the file system. See cgroups(7) and cgroup_namespaces(7).
import { existsSync, readFileSync } from 'node:fs';
import { readSmallFile } from './proc.ts';

/** The folders that say something of the time a process is given; each with those above it, up to the root of its hierarchy, nearest first. */
export interface CgroupFolders {
  /** Version 2. */
  readonly unified: readonly string[];
  /** The cpu controller of version 1. */
  readonly cpu: readonly string[];
  /** The freezer of version 1. */
  readonly freezer: readonly string[];
}

type Hierarchy = keyof CgroupFolders;

interface Mount {
  readonly hierarchy: Hierarchy;
  /** Which part of the hierarchy is mounted. */
  readonly root: string;
  readonly folder: string;
}

/** Mounts change when somebody mounts; then a process is moved there, and a minute does not matter. */
const believedMs = 60_000;
/** Processes of one service share their line of places; more different ones than this are not remembered. */
const mostRemembered = 10_000;

export class CgroupPlaces {
  readonly #remembered = new Map<string, CgroupFolders>();
  #mounts: readonly Mount[] = [];
  #readAtMs = Number.NEGATIVE_INFINITY;

  /** Null when the process is gone. */
  foldersOf(pid: number): CgroupFolders | null {
    const text = readSmallFile(`/proc/${pid}/cgroup`);
    if (text === null) return null;
    this.#lookAtMounts();
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    const folders = this.#find(text);
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    this.#remembered.set(text, folders);
    return folders;
  }

  #lookAtMounts(): void {
    const nowMs = performance.now();
    if (nowMs - this.#readAtMs < believedMs) return;
    this.#mounts = readMounts();
    this.#readAtMs = nowMs;
    this.#remembered.clear();
  }

  #find(text: string): CgroupFolders {
    const folders: Record<Hierarchy, readonly string[]> = { unified: [], cpu: [], freezer: [] };
    for (const line of text.split('\n')) {
      // number:controllers:path; the path may hold colons.
      const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      if (controllers === undefined || path === undefined) continue;
      for (const hierarchy of hierarchiesOf(controllers)) {
        const mount = this.#mounts.find((one) => one.hierarchy === hierarchy);
        if (mount !== undefined) folders[hierarchy] = upwards(mount, path);
      }
    }
    return folders;
  }
}

/** Version 2 is the line without a controller. */
function hierarchiesOf(controllers: string): Hierarchy[] {
  if (controllers === '') return ['unified'];
  const names = controllers.split(',');
  return (['cpu', 'freezer'] as const).filter((name) => names.includes(name));
}

/** From the process's own folder up to the root of what is mounted, those that can be seen from here. The root itself has no limits. */
function upwards({ root, folder }: Mount, path: string): string[] {
  const inside = root !== '/' && path.startsWith(root) ? path.slice(root.length) : path;
  const names = inside.split('/').filter((name) => name !== '');
  // Outside of what our own namespace shows.
  if (names.includes('..')) return [];
  const folders = names.map((_, index) => `${folder}/${names.slice(0, names.length - index).join('/')}`);
  return folders.filter((one) => existsSync(one));
}

/** /proc/self/mountinfo, see proc_pid_mountinfo(5): id parent device root folder options ... - type source options. */
function readMounts(): Mount[] {
  const mounts: Mount[] = [];
  for (const line of readMountLines()) {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , root = '/', folder = ''] = left.split(' ').map(unescaped);
    const [type, , options = ''] = right.split(' ');
    if (type === 'cgroup2') mounts.push({ hierarchy: 'unified', root, folder });
    if (type !== 'cgroup') continue;
    for (const hierarchy of hierarchiesOf(options)) mounts.push({ hierarchy, root, folder });
  }
  return mounts;
}

function readMountLines(): string[] {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Blanks and the like stand there as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
