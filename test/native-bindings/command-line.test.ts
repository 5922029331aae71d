import { expect, test } from 'vitest';
import { commandLine, wordsOf } from '../../native-bindings/windows/command-line.ts';

test.each([
  [['a.exe'], '"a.exe"'],
  [['C:\\Program Files\\a.exe', 'x'], '"C:\\Program Files\\a.exe" x'],
  [['a', ''], '"a" ""'],
  [['a', 'b c'], '"a" "b c"'],
  [['a', 'say "hi"'], '"a" "say \\"hi\\""'],
  [['a', 'C:\\folder\\'], '"a" C:\\folder\\'],
  [['a', 'C:\\my folder\\'], '"a" "C:\\my folder\\\\"'],
  [['a', '\\\\server\\share', '\\"'], '"a" \\\\server\\share "\\\\\\""'],
  [['a', 'tab\there'], '"a" "tab\there"'],
])('%j becomes %s', (words, line) => {
  expect(commandLine(words)).toBe(line);
});

/** From the page "Parsing C command-line arguments" (learn.microsoft.com). */
test.each([
  ['a "a b c" d e', ['a', 'a b c', 'd', 'e']],
  ['a "ab\\"c" "\\\\" d', ['a', 'ab"c', '\\', 'd']],
  ['a a\\\\\\b d"e f"g h', ['a', 'a\\\\\\b', 'de fg', 'h']],
  ['a a\\\\\\"b c d', ['a', 'a\\"b', 'c', 'd']],
  ['a a\\\\\\\\"b c" d e', ['a', 'a\\\\b c', 'd', 'e']],
  ['"C:\\x y\\a.exe"   b', ['C:\\x y\\a.exe', 'b']],
  ['', []],
])('%s is read as %j', (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});

test('whatever words are written are read again', () => {
  const signs = ['a', ' ', '"', '\\', '\\\\', '\t', 'é'];
  for (let seed = 0; seed < 5_000; seed++) {
    let rest = seed * 2_654_435_761;
    const next = (bound: number): number => {
      rest = (rest * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor(rest / 65_536) % bound;
    };
    const words = [
      'p.exe',
      ...Array.from({ length: next(4) }, () =>
        Array.from({ length: next(8) }, () => signs[next(signs.length)]).join(''),
      ),
    ];
    expect(wordsOf(commandLine(words))).toEqual(words);
  }
});
