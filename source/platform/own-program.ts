import { isSea } from 'node:sea';

/** How this very program is started again: the executable itself, or node with the script it runs now. */
export function ownProgram(): { readonly command: string; readonly arguments: readonly string[] } {
  if (isSea()) return { command: process.execPath, arguments: [] };
  return { command: process.execPath, arguments: [...process.execArgv, process.argv[1] ?? ''] };
}
