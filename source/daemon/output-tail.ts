import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What came into a file since a mark. */
export interface Tail {
  readonly mark: string;
  readonly lines: readonly string[];
  readonly partial: string;
  readonly skippedBytes: number;
  readonly problem: string | null;
  readonly more: boolean;
}

/** Whoever reads lines reads no further than this in one. */
const longestLine = 4_000;
/** Bytes before the mark that tell whether it is still the same text: a file can be cut and grow again between two looks. */
const witnessBytes = 16;
const newline = 0x0a;

interface Mark {
  readonly inode: number;
  readonly offset: number;
  /** The rest of a line that was too long comes next, and is left out. */
  readonly isWithin: boolean;
  readonly witness: string;
}

/**
 * Reads on from `mark` (empty: the last `mostBytes`), at most `mostBytes`. A file that was rotated meanwhile, by copying and
 * cutting or by renaming, is read to its end in the copy `.1` first.
 */
export function readTail(file: string, mark: string, mostBytes: number): Tail {
  try {
    return tailOf(file, parseMark(mark), mostBytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? null : `${file} cannot be read: ${message}`;
    return { mark: code === 'ENOENT' ? '' : mark, lines: [], partial: '', skippedBytes: 0, problem, more: false };
  }
}

function tailOf(file: string, mark: Mark | null, mostBytes: number): Tail {
  return withFile(file, (descriptor, size, inode) => {
    if (mark === null) {
      const from = Math.max(0, size - mostBytes);
      return readFrom(descriptor, { inode, offset: from, isWithin: from > 0, witness: '' }, size, mostBytes, from);
    }
    if (mark.inode === inode && isSameText(descriptor, mark, size)) {
      // What is far behind, such as a flood, is passed over: whoever follows wants to see what is written now.
      const from = Math.max(mark.offset, size - 8 * mostBytes);
      const skipped = from - mark.offset;
      const next = skipped === 0 ? mark : { ...mark, offset: from, isWithin: true };
      return readFrom(descriptor, next, size, mostBytes, skipped);
    }
    const before = rotated(file, mark, mostBytes);
    const now = readFrom(descriptor, { inode, offset: 0, isWithin: false, witness: '' }, size, mostBytes, 0);
    return { ...now, lines: [...before.lines, ...now.lines], skippedBytes: before.skippedBytes + now.skippedBytes };
  });
}

/** What was written after the mark, before the rotation. */
function rotated(file: string, mark: Mark, mostBytes: number): Pick<Tail, 'lines' | 'skippedBytes'> {
  try {
    return withFile(`${file}.1`, (descriptor, size, inode) => {
      if (!isSameText(descriptor, mark, size)) return { lines: [], skippedBytes: 0 };
      const tail = readFrom(descriptor, { ...mark, inode }, size, mostBytes, 0);
      const lines = tail.partial === '' ? tail.lines : [...tail.lines, tail.partial];
      return { lines, skippedBytes: tail.more ? size - (parseMark(tail.mark)?.offset ?? size) : 0 };
    });
  } catch {
    return { lines: [], skippedBytes: 0 };
  }
}

function withFile<Result>(file: string, use: (descriptor: number, size: number, inode: number) => Result): Result {
  // A pipe in its place would never answer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new Error('it is no plain file');
    return use(descriptor, stat.size, stat.ino);
  } finally {
    closeSync(descriptor);
  }
}

function readFrom(descriptor: number, from: Mark, size: number, mostBytes: number, skippedBytes: number): Tail {
  const bytes = readBytes(descriptor, from.offset, Math.min(mostBytes, size - from.offset));
  const end = bytes.lastIndexOf(newline);
  let { isWithin } = from;
  let used = end + 1;
  let texts = end < 0 ? [] : bytes.toString('utf8', 0, end).split('\n');
  if (isWithin && end >= 0) {
    texts = texts.slice(1);
    isWithin = false;
  }
  const rest = bytes.subarray(used);
  let partial = '';
  if (rest.length >= mostBytes / 2) {
    // A line without an end: its beginning is told, the rest is passed over.
    if (!isWithin) texts.push(rest.toString('utf8', 0, longestLine));
    isWithin = true;
    used = bytes.length;
  } else if (!isWithin) {
    partial = cut(rest.toString('utf8'));
  }
  const offset = from.offset + used;
  const mark = { inode: from.inode, offset, isWithin, witness: witnessAt(descriptor, offset) };
  return {
    mark: writeMark(mark),
    lines: texts.map(cut),
    partial,
    skippedBytes,
    problem: null,
    more: used > 0 && from.offset + bytes.length < size,
  };
}

function isSameText(descriptor: number, { offset, witness }: Mark, size: number): boolean {
  return size >= offset && witnessAt(descriptor, offset) === witness;
}

function witnessAt(descriptor: number, offset: number): string {
  const length = Math.min(witnessBytes, offset);
  return readBytes(descriptor, offset - length, length).toString('base64url');
}

function readBytes(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(Math.max(0, length));
  return buffer.subarray(0, buffer.length === 0 ? 0 : readSync(descriptor, buffer, 0, buffer.length, position));
}

function cut(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.length <= longestLine ? text : text.slice(0, longestLine);
}

function writeMark({ inode, offset, isWithin, witness }: Mark): string {
  return `${inode}:${offset}:${isWithin ? 1 : 0}:${witness}`;
}

/** Null also for what somebody made up. */
function parseMark(text: string): Mark | null {
  const [, inode, offset, isWithin, witness] = /^(\d{1,15}):(\d{1,15}):([01]):([\w-]{0,32})$/.exec(text) ?? [];
  if (inode === undefined || witness === undefined) return null;
  return { inode: Number(inode), offset: Number(offset), isWithin: isWithin === '1', witness };
}
