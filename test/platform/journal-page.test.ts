import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticesPage } from '../../source/daemon/notices-page.ts';
import { JournalFile } from '../../source/platform/journal-file.ts';
import { readPage } from '../../source/platform/journal-page.ts';

interface Line {
  readonly at: string;
  readonly number: number;
  readonly group: string | null;
  readonly process: string | null;
  readonly more?: string;
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-page-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (number: number): string => new Date(1_000 * number).toISOString();
const line = (number: number, told: Partial<Line> = {}): Line => ({
  ...{ at: at(number), number, group: 'shop', process: number % 2 === 0 ? 'api' : 'web' },
  ...told,
});
const numbers = async (until: string | null, limit: number): Promise<number[]> =>
  (await readPage<Line>(path, { until, limit, mayBe: () => true }, () => true)).map(({ number }) => number);

test('pages lead from the newest notice back to the first one, over all files of the journal', async () => {
  const journal = new JournalFile<Line>(path, { maxSizeBytes: 700, keep: 8 });
  for (let number = 1; number <= 40; number++) journal.append(line(number));
  expect(await numbers(null, 5)).toEqual([36, 37, 38, 39, 40]);
  expect(await numbers(at(36), 5)).toEqual([32, 33, 34, 35, 36]);
  expect(await numbers(at(3), 5)).toEqual([1, 2, 3]);
  expect(await numbers(at(0), 5)).toEqual([]);
});

test('lines that lie across the parts in which it is read are whole, and spoilt ones are left out', async () => {
  const journal = new JournalFile<Line>(path);
  for (let number = 1; number <= 30; number++) journal.append(line(number, { more: 'é'.repeat(60_000) }));
  appendFileSync(path, 'half a li');
  expect(await numbers(null, 100)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

test('of a process comes what is told of it, and of its group as a whole', async () => {
  const journal = new JournalFile<Line>(path);
  for (let number = 1; number <= 6; number++) journal.append(line(number));
  journal.append(line(7, { process: null }));
  journal.append(line(8, { group: 'mail', process: 'api' }));
  journal.append(line(9, { group: null, process: null }));
  const of = async (target: string | null) =>
    (await noticesPage(path, { sinceMs: null, limit: 100, untilMs: null, target })).map(
      (one) => Date.parse(one.at) / 1000,
    );
  expect(await of('shop/api')).toEqual([2, 4, 6, 7]);
  expect(await of('shop/api#2')).toEqual([2, 4, 6, 7]);
  expect(await of('shop')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await of(null)).toHaveLength(9);
});

test('a journal that is not there has no pages', async () => {
  expect(await numbers(null, 5)).toEqual([]);
});
