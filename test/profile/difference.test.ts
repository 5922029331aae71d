import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { differenceOf } from '../../source/profile/edit/difference.ts';

const text = (...lines: string[]) => `${lines.join('\n')}\n`;
const numbers = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

test('one changed line is shown between its neighbours', () => {
  expect(differenceOf(text(...numbers), text(...numbers).replace('line 10\n', 'line ten\n'))).toEqual([
    '@@ -8,5 +8,5 @@',
    ' line 8',
    ' line 9',
    '-line 10',
    '+line ten',
    ' line 11',
    ' line 12',
  ]);
});

test('nothing changed is nothing shown', () => {
  expect(differenceOf(text('a', 'b'), text('a', 'b'))).toEqual([]);
});

test('changes far from each other stand under heads of their own, as diff -u counts them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const before = text(...numbers);
  const after = text('new at the top', ...numbers.filter((line) => line !== 'line 15')).replace('line 29', 'other');
  writeFileSync(join(folder, 'before'), before);
  writeFileSync(join(folder, 'after'), after);
  const theirs = execFileSync('sh', ['-c', 'diff -U2 before after || true'], { cwd: folder, encoding: 'utf8' });
  expect(differenceOf(before, after)).toEqual(theirs.trimEnd().split('\n').slice(2));
});

test('a text of Windows shows no line that is the same but for its end', () => {
  expect(differenceOf('a: 1\r\nb: 2\r\n', 'a: 1\r\nb: 3\r\n')).toEqual(['@@ -1,2 +1,2 @@', ' a: 1', '-b: 2', '+b: 3']);
});
