import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeStateLine } from '../../source/platform/state-line.ts';
import { StateFile } from '../../source/platform/state-store.ts';
import { mayMount, mountSmallDisk } from './small-disk.ts';

let folder: string;
let path: string;
const problems: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-state-'));
  path = join(folder, 'made', 'state.jsonl');
  problems.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const open = (file = path) => new StateFile(file, (text) => problems.push(text));
const loaded = (file = path) => {
  const store = open(file);
  const state = store.load();
  store.close();
  return state;
};

test('what was appended is there after a kill -9: nothing waits in memory', () => {
  const store = open();
  expect(store.load()).toEqual({ records: {}, problems: [] });
  expect(store.append({ a: 1, b: { pids: [2, 3] } })).toBeNull();
  expect(store.append({ a: 4, c: 'ü' })).toBeNull();
  expect(store.append({ b: null })).toBeNull();
  // Not closed: as if killed here.
  expect(loaded()).toEqual({ records: { a: 4, c: 'ü' }, problems: [] });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a last line that was never finished is no damage, and what follows it is not lost', () => {
  const store = open();
  store.append({ a: 1 });
  store.append({ b: 2 });
  store.close();
  const whole = readFileSync(path);
  for (let length = whole.indexOf('\n') + 1; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const next = open();
    expect(next.load()).toEqual({ records: { a: 1 }, problems: [] });
    next.append({ c: 3 });
    next.close();
    expect(loaded()).toEqual({ records: { a: 1, c: 3 }, problems: [] });
  }
});

test('a damaged file is kept aside and reported, and its sound lines are used', () => {
  mkdirSync(join(folder, 'made'));
  writeFileSync(
    path,
    Buffer.concat([encodeStateLine({ a: 1 }), Buffer.from('0badc0de {"a":666}\n'), encodeStateLine({ b: 2 })]),
  );
  const damaged = readFileSync(path);
  const state = loaded();
  expect(state.records).toEqual({ a: 1, b: 2 });
  expect(state.problems).toEqual([expect.stringMatching(/damaged in line 2; .*state\.jsonl\.damaged-/)]);
  const aside = readdirSync(join(folder, 'made')).find((name) => name.includes('.damaged-')) ?? '';
  expect(readFileSync(join(folder, 'made', aside))).toEqual(damaged);
  expect(loaded()).toEqual({ records: { a: 1, b: 2 }, problems: [] });
});

test('a file of anything at all is loaded without an exception', () => {
  mkdirSync(join(folder, 'made'));
  for (const text of [
    '',
    '\n',
    '\0\0\0\0',
    '[]\n',
    'null\n',
    '{"a":1}\n',
    '00000000 {}\n',
    `${'x'.repeat(100_000)}\n`,
  ]) {
    writeFileSync(path, text);
    expect(loaded().records).toEqual({});
  }
});

test('a file that cannot be read is a problem, not an exception', () => {
  mkdirSync(path, { recursive: true });
  const store = open();
  expect(store.load().problems).toEqual([expect.stringMatching(/cannot be read.*without its memory/)]);
  expect(store.append({ a: 1 })).toMatch(/cannot be saved.*tried again/);
  store.close();
});

test('a file that has grown is rewritten in an idle moment, with its living records only', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const store = open();
  store.load();
  for (let index = 0; index < 3_000; index++) store.append({ counter: index, filling: 'x'.repeat(100) });
  const grownBytes = statSync(path).size;
  vi.advanceTimersByTime(1_000);
  expect(statSync(path).size).toBeLessThan(1_000);
  expect(grownBytes).toBeGreaterThan(256 * 1024);
  store.append({ after: true });
  store.close();
  expect(loaded().records).toEqual({ counter: 2_999, filling: 'x'.repeat(100), after: true });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(problems).toEqual([]);
});

test.skipIf(!mayMount)('a full disk is a problem, loses no record, and is caught up with by the next append', () => {
  const disk = mountSmallDisk(64);
  try {
    const file = join(disk.folder, 'state.jsonl');
    const store = open(file);
    store.load();
    expect(store.append({ before: 1 })).toBeNull();
    disk.fill();
    const long = 'x'.repeat(8_000);
    expect(store.append({ during: long })).toMatch(/ENOSPC/);
    expect(store.append({ also: long })).toMatch(/ENOSPC/);
    // What a kill would leave now is whole.
    expect(loaded(file)).toEqual({ records: { before: 1 }, problems: [] });
    disk.empty();
    expect(store.append({ after: 2 })).toBeNull();
    store.close();
    expect(loaded(file)).toEqual({ records: { before: 1, during: long, also: long, after: 2 }, problems: [] });
  } finally {
    disk.close();
  }
});

test.skipIf(!mayMount)('after a full disk the records are written by themselves, without another append', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const disk = mountSmallDisk(64);
  try {
    const file = join(disk.folder, 'state.jsonl');
    const store = open(file);
    store.append({ before: 1 });
    disk.fill();
    store.append({ during: 'x'.repeat(8_000) });
    disk.empty();
    vi.advanceTimersByTime(1_000);
    expect(Object.keys(loaded(file).records)).toEqual(['before', 'during']);
    store.close();
  } finally {
    disk.close();
  }
});

test('only a few damaged files are kept', () => {
  mkdirSync(join(folder, 'made'));
  for (let day = 10; day < 20; day++) writeFileSync(`${path}.damaged-202611${day}`, '');
  writeFileSync(path, 'nonsense\n');
  loaded();
  expect(readdirSync(join(folder, 'made')).filter((name) => name.includes('damaged'))).toHaveLength(5);
});

test('a file that somebody emptied is no first start: it is said that its memory is lost', () => {
  open().append({ a: 1 });
  writeFileSync(path, '');
  expect(loaded()).toEqual({
    records: {},
    problems: [
      `The state file ${path} is empty: what an earlier engine knew is lost, its counters, pauses and overrides too.`,
    ],
  });
});
