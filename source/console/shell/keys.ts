import type { Key } from 'ink';

/** Names of the keys that print nothing, as keymap.ts writes them. */
const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['escape', 'escape'],
];

/**
 * The keys that one event of Ink's stands for: several, when the line was slow and letters arrived together.
 * Combinations with Alt are none of ours and give nothing.
 */
export function keysOf(input: string, key: Key): readonly string[] {
  const named = NAMED.find(([flag]) => key[flag]);
  if (named !== undefined) return [named[1]];
  if (key.meta) return [];
  if (key.ctrl) return [`ctrl-${input}`];
  return Array.from(input, nameOf).filter((name) => name !== '');
}

/** Control characters arrive among letters, too, when the line was slow. */
function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  if (character === '\u007f' || character === '\b') return 'backspace';
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCodePoint(code + 96)}`;
  return code < 32 ? '' : character;
}
