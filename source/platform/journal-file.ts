import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './folder.ts';

export interface JournalBounds {
  /** A file that has grown beyond this is renamed to `.1`, and so on. */
  readonly maxSizeBytes: number;
  /** Renamed files kept. */
  readonly keep: number;
}

const usualBounds: JournalBounds = { maxSizeBytes: 8 * 1024 * 1024, keep: 4 };

/** What every line must say, so that it can be looked for. */
export interface JournalLine {
  /** ISO 8601, UTC, ms. */
  readonly at: string;
}

/** JSON lines in files of bounded size and number. Neither a full disk nor a damaged line ever throws: the one is counted, the other left out. */
export class JournalFile<Line extends JournalLine> {
  private readonly path: string;
  private readonly bounds: JournalBounds;
  private descriptor: number | null = null;
  private sizeBytes = 0;
  private lostLines = 0;

  constructor(path: string, bounds: JournalBounds = usualBounds) {
    this.path = path;
    this.bounds = bounds;
  }

  /** Null, or why the line is lost. */
  append(line: Line): string | null {
    try {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      if (this.sizeBytes + bytes.length > this.bounds.maxSizeBytes && this.sizeBytes > 0) this.rotate();
      const descriptor = this.open();
      this.writeWhole(descriptor, bytes);
      this.sizeBytes += bytes.length;
      return null;
    } catch (error) {
      this.lostLines += 1;
      return `The journal ${this.path} cannot be written: ${(error as Error).message}. Make room or correct the rights; ${this.lostLines} lost so far.`;
    }
  }

  /** Oldest first; of more than `limit` the newest. `sinceMs` in ms since 1970. Null: without bound. */
  read({ sinceMs, limit }: { readonly sinceMs: number | null; readonly limit: number | null }): Line[] {
    const since = sinceMs === null ? '' : new Date(sinceMs).toISOString();
    let found: Line[] = [];
    for (let number = 0; number <= this.bounds.keep; number++) {
      const lines = parseLines<Line>(readOrNothing(this.name(number)));
      const wanted = lines.filter((line) => line.at >= since);
      found = [...wanted, ...found];
      const isOlderThanAsked = lines.length > 0 && wanted.length < lines.length;
      if (isOlderThanAsked || (limit !== null && found.length >= limit)) break;
    }
    return limit === null ? found : found.slice(Math.max(0, found.length - limit));
  }

  /** Lines that a full disk swallowed. */
  lost(): number {
    return this.lostLines;
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private open(): number {
    if (this.descriptor !== null) return this.descriptor;
    makeFolder(dirname(this.path), 0o700);
    const descriptor = openSync(this.path, 'a+', 0o600);
    this.descriptor = descriptor;
    this.sizeBytes = fstatSync(descriptor).size;
    // An engine that was killed while it wrote left half a line, which must not take the next one with it.
    if (!endsWithLine(descriptor, this.sizeBytes)) this.sizeBytes += writeSync(descriptor, '\n');
    return descriptor;
  }

  /** Half a line is taken back, so that the next one stands by itself. */
  private writeWhole(descriptor: number, bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    } catch (error) {
      ftruncateSync(descriptor, this.sizeBytes);
      throw error;
    }
  }

  private rotate(): void {
    this.close();
    this.sizeBytes = 0;
    for (let number = this.bounds.keep; number >= 1; number--) {
      try {
        renameSync(this.name(number - 1), this.name(number));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }

  private name(number: number): string {
    return number === 0 ? this.path : `${this.path}.${number}`;
  }
}

function endsWithLine(descriptor: number, sizeBytes: number): boolean {
  const last = Buffer.alloc(1);
  return sizeBytes === 0 || (readSync(descriptor, last, 0, 1, sizeBytes - 1) === 1 && last[0] === 0x0a);
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parseLines<Line extends JournalLine>(text: string): Line[] {
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    try {
      const value = JSON.parse(line) as Line | null;
      if (typeof value === 'object' && typeof value?.at === 'string') lines.push(value);
    } catch {
      // A line that a crash cut off, or that somebody edited.
    }
  }
  return lines;
}
