import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalFile } from '../../source/platform/journal-file.ts';
import { mayMount, mountSmallDisk } from './small-disk.ts';

interface Line {
  readonly at: string;
  readonly number: number;
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (number: number): Line => ({ at: new Date(1_000 * number).toISOString(), number });
const numbers = (journal: JournalFile<Line>, sinceMs: number | null, limit: number | null) =>
  journal.read({ sinceMs, limit }).map((one) => one.number);

test('lines come back oldest first, since a time, and of many the newest', () => {
  const journal = new JournalFile<Line>(path);
  for (let number = 1; number <= 5; number++) expect(journal.append(line(number))).toBeNull();
  expect(numbers(journal, null, null)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers(journal, 3_000, null)).toEqual([3, 4, 5]);
  expect(numbers(journal, null, 2)).toEqual([4, 5]);
  expect(numbers(journal, 2_000, 10)).toEqual([2, 3, 4, 5]);
  expect(numbers(journal, null, 0)).toEqual([]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the files are bounded in size and number, and read as one', () => {
  const journal = new JournalFile<Line>(path, { maxSizeBytes: 200, keep: 2 });
  for (let number = 1; number <= 100; number++) journal.append(line(number));
  expect(readdirSync(folder).sort()).toEqual(['journal.jsonl', 'journal.jsonl.1', 'journal.jsonl.2']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(200);
  const kept = numbers(journal, null, null);
  expect(kept.at(-1)).toBe(100);
  expect(kept).toEqual(Array.from(kept, (_, index) => 101 - kept.length + index));
  expect(numbers(journal, null, kept.length - 1)).toEqual(kept.slice(1));
});

test('an engine goes on where the one before it stopped, and half a line of it is left out', () => {
  const before = new JournalFile<Line>(path);
  before.append(line(1));
  appendFileSync(path, '{"at":"1970-01-01T00:00:02.000Z","num');
  const after = new JournalFile<Line>(path);
  after.append(line(3));
  after.append(line(4));
  expect(numbers(after, null, null)).toEqual([1, 3, 4]);
});

test.skipIf(!mayMount)('a full disk never throws; what is lost is counted', () => {
  const disk = mountSmallDisk(16);
  try {
    const journal = new JournalFile<Line & { filling: string }>(join(disk.folder, 'journal.jsonl'));
    const long = (number: number) => ({ ...line(number), filling: 'x'.repeat(5_000) });
    expect(journal.append(long(1))).toBeNull();
    disk.fill();
    expect(journal.append(long(2))).toMatch(/ENOSPC.*1 lost so far/);
    expect(journal.append(long(3))).toMatch(/2 lost so far/);
    disk.empty();
    expect(journal.append(long(4))).toBeNull();
    expect(journal.read({ sinceMs: null, limit: null }).map((one) => one.number)).toEqual([1, 4]);
    expect(journal.lost()).toBe(2);
    journal.close();
  } finally {
    disk.close();
  }
});
