import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runTool } from './tool.ts';

/** Small files that the kernel answers at once. Null when it is gone or we may not. */
export function readSmall(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

export function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

const guardedMs = 500;

/**
 * cmdline, environ and maps go through the memory of the process, whose lock a hanging kernel call may hold: then the reader hangs
 * too, for good. Where a thread is in uninterruptible sleep another program does the reading, and is given up.
 */
export async function readThroughMemory(path: string, isSuspect: boolean, leftMs: number): Promise<string | null> {
  if (!isSuspect) return readFile(path, 'utf8').catch(() => null);
  const result = await runTool({ command: ['cat', path], limitMs: Math.min(guardedMs, leftMs) });
  return result.kind === 'ended' && result.status === 0 ? result.output : null;
}

/** A titled piece of a text file; nothing where nothing could be read. */
export const section = (title: string, text: string | null): string =>
  text === null ? '' : `== ${title}\n${text.trimEnd()}\n\n`;
