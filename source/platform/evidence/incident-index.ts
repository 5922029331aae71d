import { join } from 'node:path';
import { JournalFile } from '../journal-file.ts';
import type { IndexLine } from './incident.ts';

const bounds = { maxSizeBytes: 2 * 1024 * 1024, keep: 2 };
/** Fingerprints that are remembered; the one not seen for longest is forgotten first. */
const fingerprintsBound = 10_000;

type Seen = Pick<IndexLine, 'first' | 'sinceMs' | 'times'>;

function indexFile(directory: string): JournalFile<IndexLine> {
  return new JournalFile<IndexLine>(join(directory, 'index.jsonl'), bounds);
}

/** Oldest first. What a crash cut off or somebody spoilt is left out. */
export function readIndex(directory: string): IndexLine[] {
  const lines = indexFile(directory).read({ sinceMs: null, limit: null });
  return lines.filter(({ number, process, folder, fingerprint }) =>
    [
      Number.isSafeInteger(number),
      typeof process === 'string',
      typeof folder === 'string',
      typeof fingerprint === 'string',
    ].every(Boolean),
  );
}

/** Gives numbers, never one twice, and knows which fingerprints were there before. */
export class IncidentIndex {
  private readonly file: JournalFile<IndexLine>;
  private readonly seen = new Map<string, Seen>();
  private lastNumber = 0;

  /** `known` are lines of this folder's index. `atLeast`: the highest number found beside it. */
  constructor(directory: string, known: readonly IndexLine[], atLeast: number) {
    this.file = indexFile(directory);
    this.lastNumber = atLeast;
    for (const line of known) {
      this.lastNumber = Math.max(this.lastNumber, line.number);
      this.remember(line.fingerprint, line);
    }
  }

  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  /** This incident counted. */
  count(fingerprint: string, number: number, atMs: number): Seen {
    const before = this.seen.get(fingerprint);
    const now =
      before === undefined ? { first: number, sinceMs: atMs, times: 1 } : { ...before, times: before.times + 1 };
    this.remember(fingerprint, now);
    return now;
  }

  /** Null, or why the line is lost. */
  append(line: IndexLine): string | null {
    return this.file.append(line);
  }

  close(): void {
    this.file.close();
  }

  private remember(fingerprint: string, { first, sinceMs, times }: Seen): void {
    this.seen.delete(fingerprint);
    this.seen.set(fingerprint, { first, sinceMs, times });
    if (this.seen.size > fingerprintsBound) this.seen.delete(this.seen.keys().next().value as string);
  }
}
