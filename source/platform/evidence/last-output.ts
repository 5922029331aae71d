// What the process wrote last, as of the failure: its successor writes into the same file at once.
import { constants, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const lastLines = 200;
const lastBytes = 128 * 1024;

/** Where the output ended. */
export interface OutputMark {
  readonly file: string;
  readonly size: number;
  readonly inode: number;
}

/** Takes no more than a look at the file. A sentence when there is none to be had. */
export function markOutput(file: string): OutputMark | string {
  if (file === '') return 'no output: the engine does not hold the output of this process';
  try {
    const stat = statSync(file);
    return stat.isFile() ? { file, size: stat.size, inode: stat.ino } : `no output: ${file} is not a file`;
  } catch (error) {
    return `no output: ${(error as Error).message}`;
  }
}

/** The last 200 lines before the mark, at most 128 KiB. Throws where it cannot be read. */
export async function readOutput(mark: OutputMark): Promise<string> {
  // Rotation copies the file to `.1` and empties it: then the copy begins as the file did.
  const text = (await readBefore(mark.file, mark, true)) ?? (await readBefore(`${mark.file}.1`, mark, false));
  if (text === null) throw new Error(`${mark.file} was emptied by somebody else before it could be read`);
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  return lines.slice(isEnded ? -lastLines - 1 : -lastLines).join('\n');
}

async function readBefore(path: string, mark: OutputMark, isSame: boolean): Promise<string | null> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size < mark.size || (isSame && stat.ino !== mark.inode)) return null;
    const from = Math.max(0, mark.size - lastBytes);
    const bytes = Buffer.alloc(mark.size - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    const text = bytes.toString('utf8', 0, bytesRead);
    // What is cut off in the middle of a line, or of a sign, is left out.
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await handle?.close();
  }
}

export function lastLineOf(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
