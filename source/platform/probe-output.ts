import { closeSync, type FSWatcher, fstatSync, openSync, readSync, watch } from 'node:fs';

/** Read before the event loop gets its turn. */
const chunkBytes = 64 * 1024;
/** A longer line is searched in pieces. */
const lineBound = 64 * 1024;

/** Follows a file and calls `found` once when a line matches. The kernel tells of growth; every `intervalMs` it looks by itself, for file systems that do not tell. */
export class OutputFollower {
  private readonly file: string;
  private readonly pattern: RegExp;
  private readonly found: () => void;
  private readonly timer: NodeJS.Timeout;
  private watcher: FSWatcher | null = null;
  private offset: number;
  private rest = '';
  private isOpen = true;
  private readonly chunk = Buffer.allocUnsafe(chunkBytes);

  constructor(file: string, pattern: RegExp, offset: number, intervalMs: number, found: () => void) {
    this.file = file;
    this.pattern = pattern;
    this.offset = offset;
    this.found = found;
    this.timer = setInterval(() => this.read(), intervalMs);
    try {
      this.watcher = watch(file, () => this.read());
      // Out of inotify watches, or the file was taken away: the interval is left.
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      this.watcher = null;
    }
    setImmediate(() => this.read());
  }

  close(): void {
    this.isOpen = false;
    clearInterval(this.timer);
    this.watcher?.close();
  }

  private read(): void {
    if (!this.isOpen) return;
    const length = this.readChunk();
    if (length === 0) return;
    const lines = (this.rest + this.chunk.toString('utf8', 0, length)).split('\n');
    // The unfinished last line is searched too: a prompt has no line end.
    if (lines.some((line) => this.pattern.test(line))) {
      this.close();
      this.found();
      return;
    }
    this.rest = (lines.at(-1) ?? '').slice(-lineBound);
    if (length === chunkBytes) setImmediate(() => this.read());
  }

  private readChunk(): number {
    try {
      const descriptor = openSync(this.file, 'r');
      try {
        // Shorter than what was read: rotated by copy and truncate, so it begins anew.
        if (fstatSync(descriptor).size < this.offset) {
          this.offset = 0;
          this.rest = '';
        }
        const length = readSync(descriptor, this.chunk, 0, chunkBytes, this.offset);
        this.offset += length;
        return length;
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return 0;
    }
  }
}
