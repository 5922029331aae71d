import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unmapCleanPages } from '../../native-bindings/linux/unmap-clean-pages.ts';

function residentKilobytes(): { file: number; anonymous: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
  return { file: read('RssFile'), anonymous: read('RssAnon') };
}

test('the code that ran at start leaves the resident set, and the program runs on', () => {
  const before = residentKilobytes();
  expect(unmapCleanPages()).toBeGreaterThan(50e6);
  const after = residentKilobytes();
  expect(after.file).toBeLessThan(before.file / 2);
  // What the program itself wrote stays: a page of it less would be a loss.
  expect(after.anonymous).toBeGreaterThan(before.anonymous * 0.9);
  expect(JSON.parse('{"still":"here"}')).toEqual({ still: 'here' });
});
