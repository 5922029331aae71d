import type { ProcessValues } from './fields.ts';
import { quoted } from './problem.ts';
import type { Surroundings } from './surroundings.ts';
import { entryAt, type MapTree } from './tree.ts';
import { splitCommand } from './type/command.ts';

/** Program and arguments of a `command` entry: what runs, whether it was written as a list, as text, or for a shell. */
export function commandOf(tree: MapTree, values: ProcessValues, around: Surroundings): readonly string[] {
  const { command, shell } = values;
  const written = entryAt(tree, 'command')?.value;
  if (command === null || written === undefined) return [];
  if (shell && typeof command === 'string') {
    return around.system === 'windows' ? ['cmd.exe', '/d', '/s', '/c', command] : ['/bin/sh', '-c', command];
  }
  if (shell) {
    around.report(written.place, {
      what: 'is a list',
      expected: 'one text, since `shell` is true',
      hint: 'write it as one text or take `shell` out',
    });
  }
  if (typeof command !== 'string') return command;
  const words = splitCommand(written, command, around.report) ?? [];
  const operator = words.find((word) => /^(?:&&?|\|\|?|;|[12]?>{1,2}.*|<)$/.test(word));
  if (operator !== undefined) {
    around.warn(written.place, {
      what: `${quoted(operator)} is passed to the program as it stands, since no shell reads the command`,
      expected: '',
      hint: 'set `shell: true` if a shell is meant',
    });
  }
  return words;
}
