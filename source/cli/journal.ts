import { existsSync, readFileSync } from 'node:fs';
import type { NoticeLine } from '../notices/notice.ts';
import { exitStatus } from './exit-status.ts';
import { CommandFailure } from './failure.ts';

/** What the journal files hold from a moment on, oldest first. A line that a dying engine left unfinished is skipped. */
export function readJournal(file: string, sinceMs: number | null): NoticeLine[] {
  return journalFiles(file)
    .flatMap((path) => readLines(path))
    .filter((line) => sinceMs === null || Date.parse(line.at) >= sinceMs);
}

/** `journal.jsonl.2`, `journal.jsonl.1`, `journal.jsonl`: the higher the number, the older. */
function journalFiles(file: string): string[] {
  const rotated: string[] = [];
  for (let number = 1; existsSync(`${file}.${number}`); number += 1) rotated.unshift(`${file}.${number}`);
  return existsSync(file) ? [...rotated, file] : rotated;
}

function readLines(path: string): NoticeLine[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const status = code === 'EACCES' ? exitStatus.notPermitted : exitStatus.failed;
    throw new CommandFailure(status, 'journalUnreadable', { path, reason: message });
  }
  return text.split('\n').flatMap((line) => {
    const read = parse(line);
    return isNoticeLine(read) ? [read] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isNoticeLine(value: unknown): value is NoticeLine {
  if (typeof value !== 'object' || value === null) return false;
  const { id, at, text } = value as Partial<Record<keyof NoticeLine, unknown>>;
  return typeof id === 'string' && typeof text === 'string' && typeof at === 'string' && !Number.isNaN(Date.parse(at));
}
