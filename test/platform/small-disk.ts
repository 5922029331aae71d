import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room. */
  fill(): void;
  /** Takes what `fill` wrote away again. */
  empty(): void;
  close(): void;
}

/** Mounting is root's. */
export const mayMount = process.geteuid?.() === 0;

/** A file system of that many KiB. */
export function mountSmallDisk(kibibytes: number): SmallDisk {
  const parent = mkdtempSync(join(tmpdir(), 'procsaver-disk-'));
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'procsaver-test', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    },
    empty() {
      rmSync(filler, { force: true });
    },
    close() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
