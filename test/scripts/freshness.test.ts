import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFresh } from '../../scripts/freshness.ts';

const built = 'dist/procsaver';
let project: string;

function place(path: string, second: number): void {
  writeFileSync(join(project, path), '');
  utimesSync(join(project, path), second, second);
}

function setFolders(second: number): void {
  for (const folder of ['source/engine', 'source']) utimesSync(join(project, folder), second, second);
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'procsaver-test-'));
  mkdirSync(join(project, 'source/engine'), { recursive: true });
  mkdirSync(join(project, 'dist'));
  place('source/engine/step.ts', 100);
  setFolders(100);
});
afterEach(() => rmSync(project, { recursive: true }));

test('what was never built is not fresh', () => {
  expect(isFresh(project, built)).toBe(false);
});

test('a build after the last change is fresh', () => {
  place(built, 200);
  expect(isFresh(project, built)).toBe(true);
});

test('a change deep in the sources makes it old', () => {
  place(built, 200);
  place('source/engine/step.ts', 300);
  setFolders(100);
  expect(isFresh(project, built)).toBe(false);
});

test('a file taken away makes it old', () => {
  place(built, 200);
  rmSync(join(project, 'source/engine/step.ts'));
  expect(isFresh(project, built)).toBe(false);
});
