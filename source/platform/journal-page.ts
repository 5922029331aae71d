import { type FileHandle, open } from 'node:fs/promises';

export interface PageWish {
  /** Nothing newer than this, itself included: ISO 8601. Null: from the newest on. */
  readonly until: string | null;
  /** The newest of those that are wanted. */
  readonly limit: number;
  /** Looked at before a line is parsed, so that what is not wanted costs little. */
  readonly mayBe: (text: string) => boolean;
}

const chunkBytes = 1 << 20;
const newline = 0x0a;

/**
 * The newest lines of a rotated file of JSON lines, oldest first, read backwards from the end and no further than needed.
 * A megabyte at a time: between them the engine goes on.
 */
export async function readPage<Line extends { readonly at: string }>(
  path: string,
  { until, limit, mayBe }: PageWish,
  isWanted: (line: Line) => boolean,
): Promise<Line[]> {
  const found: Line[] = [];
  // A file that is renamed meanwhile is met again under its next name.
  const seen = new Set<number>();
  for (let number = 0; found.length < limit; number++) {
    const handle = await openOrNull(number === 0 ? path : `${path}.${number}`);
    if (handle === null) {
      if (number === 0) continue;
      break;
    }
    try {
      const { ino, size } = await handle.stat();
      if (seen.has(ino)) continue;
      seen.add(ino);
      for await (const text of linesBackwards(handle, size)) {
        if (!mayBe(text)) continue;
        const line = parsed<Line>(text);
        if (line === null || (until !== null && line.at > until) || !isWanted(line)) continue;
        found.push(line);
        if (found.length >= limit) break;
      }
    } finally {
      await handle.close();
    }
  }
  return found.reverse();
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch {
    return null;
  }
}

async function* linesBackwards(handle: FileHandle, size: number): AsyncGenerator<string> {
  let end = size;
  let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  while (end > 0) {
    const length = Math.min(chunkBytes, end);
    const chunk = Buffer.alloc(length);
    const { bytesRead } = await handle.read(chunk, 0, length, end - length);
    end -= length;
    // The first line of the chunk may begin in the one before it.
    const block = Buffer.concat([chunk.subarray(0, bytesRead), rest]);
    const first = end === 0 ? -1 : block.indexOf(newline);
    rest = first < 0 ? (end === 0 ? Buffer.alloc(0) : block) : block.subarray(0, first + 1);
    if (first < 0 && end > 0) continue;
    for (const line of block
      .subarray(first + 1)
      .toString('utf8')
      .split('\n')
      .reverse())
      if (line !== '') yield line;
  }
}

function parsed<Line extends { readonly at: string }>(text: string): Line | null {
  try {
    const value = JSON.parse(text) as Line | null;
    return typeof value === 'object' && typeof value?.at === 'string' ? value : null;
  } catch {
    // A line that a crash cut off, or that somebody edited.
    return null;
  }
}
