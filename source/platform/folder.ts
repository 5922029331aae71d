import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is.
 * Not by `recursive: true`, which never returns where the kernel answers ENOENT below a folder that exists, as in /proc.
 */
export function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (
      code !== 'ENOENT' ||
      dirname(path) === path ||
      statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()
    )
      throw error;
    makeFolder(dirname(path), mode);
    mkdirSync(path, { mode });
  }
}
