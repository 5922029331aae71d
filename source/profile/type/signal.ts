import type { FieldType } from '../field.ts';
import type { System } from '../paths.ts';
import { choice } from './scalar.ts';

const signals = ['TERM', 'INT', 'HUP', 'QUIT', 'KILL', 'USR1', 'USR2', 'ABRT', 'ALRM', 'PIPE', 'WINCH'] as const;
/** What Windows has in their place: two events of a console, and what a click on the cross of a window sends. */
const requests = ['CTRL_C', 'CTRL_BREAK', 'WM_CLOSE'] as const;
const names = [...signals, ...requests];

/** The name of a signal, with or without SIG; read with it. A request of Windows is read as it is written. */
export function signal(): FieldType<string> {
  const known = choice(...names);
  return {
    ...known,
    words: 'signal',
    range: names.join(', '),
    schema: { enum: [...names, ...signals.map((name) => `SIG${name}`)] },
    read: (tree, report) => {
      const bare = tree.is === 'scalar' ? { ...tree, text: tree.text.replace(/^SIG/, '') } : tree;
      const name = known.read(bare, report);
      if (name === undefined) return undefined;
      return isRequest(name) ? name : `SIG${name}`;
    },
  };
}

function isRequest(name: string): boolean {
  return (requests as readonly string[]).includes(name);
}

/** Signals for which Windows has something: windows or console are asked, the console alone, or nobody. */
const alsoOnWindows = ['SIGTERM', 'SIGINT', 'SIGKILL'];

/** Null, or why this system cannot send what was read. */
export function signalTrouble(name: string, system: System): { readonly what: string; readonly hint: string } | null {
  if (system === 'linux') {
    return isRequest(name)
      ? {
          what: `\`${name}\` is a request of Windows`,
          hint: 'put it into a block for Windows: `windows: { stop: { signal: ... } }`',
        }
      : null;
  }
  if (isRequest(name) || alsoOnWindows.includes(name)) return null;
  const what = `Windows has nothing like ${name}`;
  return {
    what,
    hint: `write one of ${requests.join(', ')}, TERM, INT, KILL; on Linux: \`linux: { stop: { signal: ... } }\``,
  };
}
