import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceFile, Read } from './read-incidents.ts';

export interface Part {
  readonly path: string;
  readonly bytes: number;
  readonly isText: boolean;
  readonly text: string;
  readonly next: number | null;
}

const newline = 0x0a;
/** Names of files that nobody reads as text, however they begin. */
const noText = /^core(?:\.|$)|\.(?:dmp|gz|zst|core)$/;

/** At most `mostBytes` of a text from `offset` on, to the end of a line where there is one; of what is no text only its size. */
export async function readPart(
  folder: string,
  { name, bytes }: EvidenceFile,
  offset: number,
  mostBytes: number,
): Promise<Read<Part>> {
  const path = join(folder, name);
  const nothing = { path, bytes, isText: false, text: '', next: null };
  if (noText.test(name)) return { ok: true, value: nothing };
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(Math.max(0, Math.min(mostBytes, bytes - offset)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      const read = buffer.subarray(0, bytesRead);
      if (read.includes(0)) return { ok: true, value: nothing };
      const isLast = bytesRead === 0 || offset + bytesRead >= bytes;
      const end = isLast ? bytesRead : wholeEnd(read);
      const text = read.toString('utf8', 0, end);
      return { ok: true, value: { path, bytes, isText: true, text, next: isLast ? null : offset + end } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, problem: `${path} cannot be read: ${(error as Error).message}.` };
  }
}

/** After the last whole line, or else before a letter that is cut in two. */
function wholeEnd(bytes: Buffer): number {
  const line = bytes.lastIndexOf(newline);
  if (line >= 0) return line + 1;
  let end = bytes.length;
  while (end > 1 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return Math.max(1, end - 1);
}
