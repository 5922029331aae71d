import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyAndTruncate } from '../../source/platform/copy-truncate.ts';
import { OutputRotation } from '../../source/platform/output-rotation.ts';
import { mayMount, mountSmallDisk } from './small-disk.ts';

let folder: string;
let file: string;
let nowMs = 0;
let rotation: OutputRotation;
const problems: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-output-'));
  file = join(folder, 'output.log');
  nowMs = 0;
  problems.length = 0;
  rotation = new OutputRotation(
    () => nowMs,
    (text) => problems.push(text),
  );
});
afterEach(() => {
  rotation.close();
  rmSync(folder, { recursive: true, force: true });
});

const rotate = (keep: number, path = file) =>
  new Promise<string | null>((resolve) => copyAndTruncate(path, keep, resolve));
const read = (suffix: string) => readFileSync(`${file}${suffix}`, 'utf8');

test('the child goes on writing into the same file, which begins anew', async () => {
  const child = openSync(file, 'a', 0o600);
  writeSync(child, 'old\n');
  expect(await rotate(2)).toBeNull();
  writeSync(child, 'new\n');
  closeSync(child);
  expect([read(''), read('.1')]).toEqual(['new\n', 'old\n']);
  expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
});

test('so many copies are kept and no more', async () => {
  for (const text of ['one', 'two', 'three', 'four']) {
    appendFileSync(file, text);
    expect(await rotate(2)).toBeNull();
  }
  expect([read(''), read('.1'), read('.2')]).toEqual(['', 'four', 'three']);
  expect(existsSync(`${file}.3`)).toBe(false);
  appendFileSync(file, 'five');
  expect(await rotate(0)).toBeNull();
  expect([read(''), read('.1')]).toEqual(['', 'four']);
});

test('a file beyond its bound is rotated when its turn comes, one within it is left alone', async () => {
  const quiet = join(folder, 'quiet.log');
  writeFileSync(file, 'x'.repeat(1_001));
  writeFileSync(quiet, 'x'.repeat(999));
  for (const one of [file, quiet]) rotation.track(one, { maxSizeBytes: 1_000, keep: 1 });
  rotation.turn();
  nowMs = 10_000;
  rotation.turn();
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBe(0);
  expect(read('.1')).toHaveLength(1_001);
  expect(statSync(quiet).size).toBe(999);
  expect(problems).toEqual([]);
});

test('a file that its last user let go of is not touched any more', async () => {
  writeFileSync(file, 'x'.repeat(100));
  rotation.track(file, { maxSizeBytes: 10, keep: 1 });
  rotation.track(file, { maxSizeBytes: 10, keep: 1 });
  rotation.untrack(file);
  rotation.untrack(file);
  nowMs = 10_000;
  rotation.turn();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(statSync(file).size).toBe(100);
});

test('a quiet file is looked at ever more rarely, one that was not there as well, and within a minute it is looked at all the same', async () => {
  rotation.track(file, { maxSizeBytes: 10, keep: 1 });
  const turnAt = async (ms: number) => {
    nowMs = ms;
    rotation.turn();
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  // 1 s, then after 4, 16 and 60 s.
  for (const ms of [1_000, 5_000, 21_000]) await turnAt(ms);
  writeFileSync(file, 'x'.repeat(11));
  await turnAt(80_000);
  expect(statSync(file).size).toBe(11);
  await turnAt(81_000);
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBe(0);
});

test.skipIf(!mayMount)(
  'on a full disk the oldest copies go, and in the end the contents: a log never stops the machine',
  async () => {
    const disk = mountSmallDisk(128);
    try {
      const path = join(disk.folder, 'output.log');
      writeFileSync(path, Buffer.alloc(40_000, 'x'));
      writeFileSync(`${path}.1`, 'older');
      disk.fill();
      expect(await rotate(3, path)).toMatch(/full: its oldest copy was deleted/);
      expect(existsSync(`${path}.1`)).toBe(false);
      expect(await rotate(3, path)).toMatch(/thrown away/);
      expect(statSync(path).size).toBe(0);
    } finally {
      disk.close();
    }
  },
);
