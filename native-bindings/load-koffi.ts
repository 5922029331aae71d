// The one importer of koffi. Inside the single executable its native library travels as an asset.
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';

type Koffi = typeof import('koffi');

/** <fcntl.h>, Linux: a file that never has a name in the folder where it lies. `fs.constants` does not know it. */
const O_TMPFILE = 0o20200000;

function openNative(path: string): Koffi {
  const native = { exports: {} as Koffi };
  process.dlopen(native, path);
  return native.exports;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Without a name there is nothing for anyone to find, replace or forget; needs Linux and a file system that can do it. */
function openNameless(folder: string, bytes: Uint8Array): Koffi {
  const file = openSync(folder, constants.O_RDWR | O_TMPFILE, 0o700);
  try {
    writeAll(file, bytes);
    return openNative(`/proc/self/fd/${file}`);
  } finally {
    closeSync(file);
  }
}

function openNamed(folder: string, bytes: Uint8Array): Koffi {
  const own = mkdtempSync(join(folder, 'procsaver-'));
  try {
    const path = join(own, 'koffi.node');
    const file = openSync(path, 'wx', 0o700);
    try {
      writeAll(file, bytes);
    } finally {
      closeSync(file);
    }
    return openNative(path);
  } finally {
    // Linux keeps the mapping when the name is gone.
    rmSync(own, { recursive: true, force: true });
  }
}

const leftFolder = 'procsaver-library-';
/** Between making the folder and opening what is in it lie milliseconds; an older one that can be removed is nobody's. */
const surelyOpenedMs = 60_000;

/** Windows refuses to remove a library that is in use, so what earlier processes left is removed by the next one. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(leftFolder)) continue;
    const left = join(folder, name);
    try {
      if (Date.now() - statSync(left).mtimeMs > surelyOpenedMs) rmSync(left, { recursive: true });
    } catch {
      // In use, or of another user.
    }
  }
}

function openLeaving(folder: string, bytes: Uint8Array): Koffi {
  const path = join(mkdtempSync(join(folder, leftFolder)), 'koffi.node');
  writeFileSync(path, bytes, { flag: 'wx' });
  removeLeftovers(folder);
  return openNative(path);
}

/** The ways to open a library from bytes, best first. */
const ways = process.platform === 'win32' ? [openLeaving] : [openNameless, openNamed];

/** Folders in the order in which they are tried: some may be read-only, full, or mounted noexec. */
function foldersForLibrary(): string[] {
  const { PROCSAVER_HOME, XDG_RUNTIME_DIR, HOME, LOCALAPPDATA } = process.env;
  const folders =
    process.platform === 'win32'
      ? // The user's own first, and that of the system's account: in C:\Windows\Temp everybody may put another library beside ours.
        [LOCALAPPDATA && join(LOCALAPPDATA, 'Temp'), LOCALAPPDATA, tmpdir(), PROCSAVER_HOME, process.cwd()]
      : [tmpdir(), XDG_RUNTIME_DIR, '/dev/shm', '/run', '/var/tmp', PROCSAVER_HOME, HOME, process.cwd()];
  return [...new Set(folders.filter((folder) => folder !== undefined && existsSync(folder)))] as string[];
}

/** Opens koffi's library, whose bytes these are, from the first of `folders` that lets it be executed. */
export function openFromBytes(bytes: Uint8Array, folders: string[]): Koffi {
  const failures = new Set<string>();
  for (const folder of folders) {
    for (const open of ways) {
      try {
        return open(folder, bytes);
      } catch (error) {
        failures.add(`${folder}: ${(error as Error).message}`);
      }
    }
  }
  throw new Error(
    'The native library inside the executable cannot be loaded, because no folder takes a file that may be executed. ' +
      `Set TMPDIR to a folder that is writable and not mounted noexec. Tried: ${[...failures].join('; ')}`,
  );
}

export const koffi: Koffi = isSea()
  ? openFromBytes(new Uint8Array(getRawAsset('koffi.node')), foldersForLibrary())
  : createRequire(import.meta.url)('koffi');
