import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTail, type Tail } from '../../source/daemon/output-tail.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-tail-'));
  file = join(folder, 'web.1.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const room = 4096;

/** Reads until there is no more, as a client does. */
function follow(mark: string): Tail {
  let tail = readTail(file, mark, room);
  const lines = [...tail.lines];
  while (tail.more) {
    tail = readTail(file, tail.mark, room);
    lines.push(...tail.lines);
  }
  return { ...tail, lines };
}

test('what is written after a mark comes once, a line without an end when it has one', () => {
  writeFileSync(file, 'one\ntwo\nthr');
  const first = follow('');
  expect(first).toMatchObject({ lines: ['one', 'two'], partial: 'thr', problem: null });
  expect(follow(first.mark)).toMatchObject({ lines: [], partial: 'thr' });
  appendFileSync(file, 'ee\r\nfour\n');
  expect(follow(first.mark)).toMatchObject({ lines: ['three', 'four'], partial: '' });
});

test('a file that is not there yet is no problem, and begins when it comes', () => {
  const before = follow('');
  expect(before).toMatchObject({ mark: '', lines: [], problem: null });
  writeFileSync(file, 'hello\n');
  expect(follow(before.mark).lines).toEqual(['hello']);
});

test('copied and cut, as the rotation does it: nothing is lost, nothing comes twice', () => {
  writeFileSync(file, 'one\ntwo\n');
  const { mark } = follow('');
  appendFileSync(file, 'three\n');
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
  appendFileSync(file, 'four\n');
  expect(follow(mark).lines).toEqual(['three', 'four']);
});

test('cut, and longer than before when somebody looks again', () => {
  writeFileSync(file, 'one\ntwo\n');
  const { mark } = follow('');
  truncateSync(file, 0);
  appendFileSync(file, 'a\nb\nc\nd\ne\nf\n');
  expect(follow(mark).lines).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('renamed by somebody else: the old one is read to its end, then the new one', () => {
  writeFileSync(file, 'one\n');
  const { mark } = follow('');
  appendFileSync(file, 'two\n');
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'three\n');
  expect(follow(mark).lines).toEqual(['two', 'three']);
});

test('a line of a megabyte is told by its beginning, and the next line is whole', () => {
  writeFileSync(file, 'one\n');
  const { mark } = follow('');
  appendFileSync(file, `${'x'.repeat(20_000)}\nnext\n`);
  const { lines } = follow(mark);
  expect(lines.map((line) => [line.length, line.slice(0, 4)])).toEqual([
    [4000, 'xxxx'],
    [4, 'next'],
  ]);
});

test('of a flood the newest is read, and how much was passed over is told', () => {
  writeFileSync(file, 'one\n');
  const { mark } = follow('');
  appendFileSync(file, 'a line of the flood\n'.repeat(20_000));
  appendFileSync(file, 'the last one\n');
  expect(readTail(file, mark, room).skippedBytes).toBeGreaterThan(300_000);
  expect(follow(mark).lines.at(-1)).toBe('the last one');
});

test('what cannot be read is said, and a mark that somebody made up is none', () => {
  expect(readTail(folder, '', room).problem).toBe(`${folder} cannot be read: it is no plain file`);
  writeFileSync(file, 'one\n');
  expect(follow('1:999999999999:0:../etc').lines).toEqual(['one']);
});
