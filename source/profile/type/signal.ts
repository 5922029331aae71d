import type { FieldType } from '../field.ts';
import { choice } from './scalar.ts';

const names = ['TERM', 'INT', 'HUP', 'QUIT', 'KILL', 'USR1', 'USR2', 'ABRT', 'ALRM', 'PIPE', 'WINCH'] as const;

/** The name of a signal, with or without SIG; read with it. */
export function signal(): FieldType<string> {
  const known = choice(...names);
  return {
    ...known,
    words: 'signal',
    range: names.join(', '),
    schema: { enum: [...names, ...names.map((name) => `SIG${name}`)] },
    read: (tree, report) => {
      const bare = tree.is === 'scalar' ? { ...tree, text: tree.text.replace(/^SIG/, '') } : tree;
      const name = known.read(bare, report);
      return name === undefined ? undefined : `SIG${name}`;
    },
  };
}
