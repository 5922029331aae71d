import {
  closeSync,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { LoadedState, StateStore } from '../ports/state-store.ts';
import { makeFolder } from './folder.ts';
import { decodeStateFile, encodeStateLine } from './state-line.ts';

/** The disk is synchronised at most this long after an append. */
const synchroniseMs = 1_000;
/** A file smaller than this is never rewritten; a larger one when it has grown to this many times its living records. */
const compactFromBytes = 256 * 1024;
const compactFactor = 4;
/** Copies of damaged files that are kept. */
const damagedKept = 5;

/**
 * State as lines of an append-only file: one line an append, with a checksum, so that an append is there wholly or not at all.
 * When the file has grown it is rewritten aside and renamed, which happens in idle moments, never on the way of a restart.
 */
export class StateFile implements StateStore {
  private readonly path: string;
  private readonly problem: (text: string) => void;
  private readonly records = new Map<string, unknown>();
  /** Not on disk yet because an append failed. At most one value a key. */
  private pending: Record<string, unknown> = {};
  private descriptor: number | null = null;
  private sizeBytes = 0;
  /** Bytes of the file when it was last rewritten: the measure of its living records. */
  private compactBytes = 0;
  private isDirty = false;
  private isSynchronising = false;
  private timer: NodeJS.Timeout | null = null;

  /** `problem` hears of failures outside of `append`: synchronising and rewriting. */
  constructor(path: string, problem: (text: string) => void) {
    this.path = path;
    this.problem = problem;
  }

  load(): LoadedState {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.path);
    } catch (error) {
      const isNew = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return {
        records: {},
        problems: isNew
          ? []
          : [
              `The state file ${this.path} cannot be read: ${(error as Error).message}. The engine begins without its memory.`,
            ],
      };
    }
    // A folder that was restored, a disk that was full: without a word this would look like the very first start.
    if (bytes.length === 0) {
      const lost = `The state file ${this.path} is empty: what an earlier engine knew is lost, its counters, pauses and overrides too.`;
      return { records: {}, problems: [lost] };
    }
    const { records, damagedLines, isTorn } = decodeStateFile(bytes);
    for (const [key, value] of records) this.records.set(key, value);
    const problems = damagedLines.length === 0 ? [] : [this.keepDamaged(bytes, damagedLines)];
    // Nothing may be appended behind half a line.
    if (isTorn) problems.push(...this.cutTornLine(bytes));
    if (damagedLines.length > 0) problems.push(...this.compact());
    return { records: Object.fromEntries(this.records), problems };
  }

  append(records: Readonly<Record<string, unknown>>): string | null {
    for (const [key, value] of Object.entries(records)) {
      if (value === null) this.records.delete(key);
      else this.records.set(key, value);
    }
    this.pending = { ...this.pending, ...records };
    return this.writePending();
  }

  /** Writes and synchronises what is left. Nothing may be appended afterwards. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (Object.keys(this.pending).length > 0) this.writePending();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private writePending(): string | null {
    try {
      const descriptor = this.open();
      const line = encodeStateLine(this.pending);
      this.writeWhole(descriptor, line);
      this.sizeBytes += line.length;
      this.pending = {};
      this.isDirty = true;
      this.wakeLater();
      return null;
    } catch (error) {
      this.wakeLater();
      return `The state cannot be saved in ${this.path}: ${(error as Error).message}. It is kept in memory and tried again; make room or correct the rights.`;
    }
  }

  private open(): number {
    if (this.descriptor !== null) return this.descriptor;
    makeFolder(dirname(this.path), 0o700);
    this.descriptor = openSync(this.path, 'a', 0o600);
    this.sizeBytes = fstatSync(this.descriptor).size;
    this.compactBytes = this.sizeBytes;
    return this.descriptor;
  }

  /** A full disk takes the first part of a line: that part is taken back, or else the next line would be lost with it. */
  private writeWhole(descriptor: number, line: Buffer): void {
    try {
      for (let at = 0; at < line.length; ) at += writeSync(descriptor, line, at);
    } catch (error) {
      ftruncateSync(descriptor, this.sizeBytes);
      throw error;
    }
  }

  private wakeLater(): void {
    this.timer ??= setTimeout(() => this.wake(), synchroniseMs);
  }

  private wake(): void {
    this.timer = null;
    if (Object.keys(this.pending).length > 0) this.writePending();
    if (this.sizeBytes > Math.max(compactFromBytes, this.compactBytes * compactFactor))
      for (const text of this.compact()) this.problem(text);
    this.synchronise();
  }

  private synchronise(): void {
    if (!this.isDirty || this.isSynchronising || this.descriptor === null) return;
    const { descriptor } = this;
    this.isDirty = false;
    this.isSynchronising = true;
    fsync(descriptor, (error) => {
      this.isSynchronising = false;
      // A descriptor that was replaced meanwhile was synchronised when its successor was written.
      if (error !== null && descriptor === this.descriptor)
        this.problem(`The state file ${this.path} cannot be synchronised: ${error.message}.`);
      if (this.isDirty && descriptor === this.descriptor) this.wakeLater();
    });
  }

  /** Rewrites the file with its living records only. Returns the problem, if there is one; then the old file stays in use. */
  private compact(): string[] {
    try {
      const line = encodeStateLine(Object.fromEntries(this.records));
      writeFileAtomic.sync(this.path, line, { mode: 0o600 });
      if (this.descriptor !== null) closeSync(this.descriptor);
      this.descriptor = null;
      this.pending = {};
      this.open();
      return [];
    } catch (error) {
      this.compactBytes = this.sizeBytes;
      return [
        `The state file ${this.path} cannot be rewritten: ${(error as Error).message}. It grows on; make room or correct the rights.`,
      ];
    }
  }

  private cutTornLine(bytes: Buffer): string[] {
    try {
      truncateSync(this.path, bytes.lastIndexOf('\n') + 1);
      return [];
    } catch (error) {
      return [
        `The unfinished last line of the state file ${this.path} cannot be cut off: ${(error as Error).message}.`,
      ];
    }
  }

  private keepDamaged(bytes: Buffer, lines: readonly number[]): string {
    const aside = `${this.path}.damaged-${new Date().toISOString().replace(/[:.]/g, '')}`;
    const lost = `The state file ${this.path} is damaged in line ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ' and others' : ''}; what these lines said is lost, the others are used.`;
    try {
      writeFileAtomic.sync(aside, bytes, { mode: 0o600 });
      this.dropOldDamaged();
      return `${lost} The file as it was: ${aside}.`;
    } catch (error) {
      return `${lost} A copy could not be kept: ${(error as Error).message}.`;
    }
  }

  private dropOldDamaged(): void {
    const prefix = `${basename(this.path)}.damaged-`;
    const kept = readdirSync(dirname(this.path))
      .filter((name) => name.startsWith(prefix))
      .sort();
    for (const name of kept.slice(0, -damagedKept)) rmSync(join(dirname(this.path), name), { force: true });
  }
}
