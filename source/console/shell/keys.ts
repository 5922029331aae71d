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
  return Array.from(input, (character) => CONTROL[character] ?? character).filter((name) => !isUnknown(name));
}

/** Control characters that arrive inside a chunk of letters. */
const CONTROL: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u0003': 'ctrl-c',
  '\u001a': 'ctrl-z',
};

function isUnknown(character: string): boolean {
  return character.length === 1 && (character < ' ' || character === '\u007f');
}
