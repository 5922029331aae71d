import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mistakeText } from '../../source/cli/mistake.ts';

const file = fileURLToPath(new URL('../../source/cli/mistake.ts', import.meta.url));

/** A program of one long line, as the executable's is, in which nobody catches this. */
function ending(mistake: string) {
  const program = `import { endAtMistakes } from '${file}'; endAtMistakes('en'); setTimeout(() => { ${mistake} }); '${'x'.repeat(30_000)}';`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
}

test.each([["throw new Error('of a timer')"], ["Promise.reject(new Error('of a timer'))"]])(
  'what nobody caught ends the process with 1 and a stack, not with the source: %s',
  (mistake) => {
    const { status, stderr } = ending(mistake);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^procsaver: a mistake in the program: Error: of a timer\n {4}at /);
    expect(stderr).not.toContain('xxx');
  },
);

test('the stack is cut to what fits on a screen', () => {
  const error = new Error('deep');
  error.stack = Array.from({ length: 90 }, (_, line) => `at line ${line} ${'y'.repeat(9000)}`).join('\n');
  const lines = mistakeText(error, 'en').split('\n');
  expect(lines).toHaveLength(20);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(600);
});

test('what is thrown need not be an error', () => {
  expect(mistakeText('a word', 'ja')).toBe('プログラムの誤りです: a word');
});
