import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../fixtures/programs/hot-functions.ts');

test('V8 optimizes what is called often while the process is busy, and nothing at rest', () => {
  const output = execFileSync(process.execPath, ['--allow-natives-syntax', program], { encoding: 'utf8' });
  expect(output.trim().split('\n')).toEqual([
    'before: optimized',
    'at rest: not optimized',
    'busy: optimized',
    'at rest again: not optimized',
    'what was optimized still is',
  ]);
});
