import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { koffi, openFromBytes } from '../../native-bindings/load-koffi.ts';

const system = `${process.platform}-${process.arch}`;
const modules = dirname(dirname(createRequire(import.meta.url).resolve('koffi')));
const library = join(modules, '@koromix', `koffi-${system}`, system.replace('-', '_'), 'koffi.node');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('outside the executable koffi comes from its package', () => {
  expect(koffi.load('libc.so.6').func('int getpid()')()).toBe(process.pid);
});

test('the library travels as bytes, runs, and leaves nothing in the folder it was opened from', () => {
  const travelled = openFromBytes(readFileSync(library), [folder]);
  expect(travelled.load('libc.so.6').func('int getpid()')()).toBe(process.pid);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that takes no file is passed over', () => {
  const travelled = openFromBytes(readFileSync(library), ['/proc', join(folder, 'missing'), folder]);
  expect(travelled.version).toBe(koffi.version);
});

test('without any folder the error names each, and says what to do', () => {
  const attempt = (): unknown => openFromBytes(readFileSync(library), ['/proc', join(folder, 'missing')]);
  expect(attempt).toThrow(/Set TMPDIR to a folder that is writable.*\/proc: .*missing: ENOENT/);
});
