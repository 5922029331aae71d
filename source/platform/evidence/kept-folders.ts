// How much is kept: so many folders a process, so many bytes in all. Sizes are counted once and kept up to date.
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFolderName, removingPrefix, takingPrefix } from './folder-name.ts';

interface Kept {
  readonly process: string;
  readonly ownBytes: number;
  /** Files that several incidents share by hard link. */
  readonly shared: readonly { readonly inode: number; readonly bytes: number }[];
}

/** The name of the process whose incident lies in a folder; null when nobody knows. */
export type ProcessOf = (name: string) => Promise<string | null>;

export class KeptFolders {
  private readonly directory: string;
  /** By name, which begins with the time: oldest first when sorted. */
  private readonly kept = new Map<string, Kept>();
  private readonly holders = new Map<number, number>();
  private bytes = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  totalBytes(): number {
    return this.bytes;
  }

  /** Removes what an engine that was killed left half done. */
  async clearLeftovers(): Promise<void> {
    for (const name of await readdir(this.directory))
      if (name.startsWith(takingPrefix) || name.startsWith(removingPrefix))
        await rm(join(this.directory, name), { recursive: true, force: true });
  }

  /** Counts what lies there. */
  async load(processOf: ProcessOf): Promise<void> {
    for (const name of (await readdir(this.directory)).sort())
      if (isFolderName(name)) await this.add(name, (await processOf(name)) ?? '');
  }

  async add(name: string, process: string): Promise<void> {
    let ownBytes = 0;
    const shared: { inode: number; bytes: number }[] = [];
    const folder = join(this.directory, name);
    for (const file of await readdir(folder)) {
      const stat = await lstat(join(folder, file));
      // A core has holes; what it takes of the disk counts. Some file systems say it only later.
      const bytes = stat.blocks === 0 ? stat.size : Math.min(stat.size, stat.blocks * 512);
      if (stat.nlink > 1 || this.holders.has(stat.ino)) shared.push({ inode: stat.ino, bytes });
      else ownBytes += bytes;
    }
    this.kept.set(name, { process, ownBytes, shared });
    this.bytes += ownBytes;
    for (const { inode, bytes } of shared) {
      const holders = this.holders.get(inode) ?? 0;
      if (holders === 0) this.bytes += bytes;
      this.holders.set(inode, holders + 1);
    }
  }

  /** Removes the oldest beyond the bounds; never `newest`, which was taken just now. Says what could not be removed. */
  async bound(newest: string, keep: number, maxTotalBytes: number): Promise<string | null> {
    const process = this.kept.get(newest)?.process;
    const names = [...this.kept.keys()].sort();
    const ofProcess = names.filter((name) => this.kept.get(name)?.process === process && name !== newest);
    try {
      for (const name of ofProcess.slice(0, Math.max(0, ofProcess.length + 1 - keep))) await this.remove(name);
      for (const name of names) {
        if (this.bytes <= maxTotalBytes) break;
        if (name !== newest && this.kept.has(name)) await this.remove(name);
      }
      return null;
    } catch (error) {
      return `Old evidence in ${this.directory} cannot be removed: ${(error as Error).message}. Remove it by hand, or correct the rights.`;
    }
  }

  private async remove(name: string): Promise<void> {
    const kept = this.kept.get(name);
    // Hidden at once, so that nobody finds half an incident.
    const hidden = join(this.directory, `${removingPrefix}${name}`);
    await rename(join(this.directory, name), hidden).catch((error: NodeJS.ErrnoException) => {
      // Somebody else removed it.
      if (error.code !== 'ENOENT') throw error;
    });
    await rm(hidden, { recursive: true, force: true });
    this.kept.delete(name);
    this.bytes -= kept?.ownBytes ?? 0;
    for (const { inode, bytes } of kept?.shared ?? []) {
      const holders = (this.holders.get(inode) ?? 1) - 1;
      if (holders > 0) this.holders.set(inode, holders);
      else {
        this.holders.delete(inode);
        this.bytes -= bytes;
      }
    }
  }
}
