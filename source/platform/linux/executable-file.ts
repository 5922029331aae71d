import { accessSync, constants } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { look } from '../look.ts';

/** What execvp(3) searches when there is no PATH. */
const defaultPath = '/usr/local/bin:/usr/bin:/bin';

export type FoundProgram = { readonly file: string } | { readonly problem: string };

/** Looks the program up as a shell would, in the child's own PATH and directory, so that the answer can say what is wrong. */
export function findProgram(program: string, path: string | undefined, directory: string | null): FoundProgram {
  const base = directory ?? process.cwd();
  if (program === '') return { problem: 'The command is empty. Write the program first, then its arguments.' };
  if (program.includes('/')) {
    const file = resolve(base, program);
    const refusal = whyNotExecutable(file);
    return refusal === null ? { file } : { problem: `${file} ${refusal}` };
  }
  let nearMiss: string | null = null;
  for (const folder of (path ?? defaultPath).split(delimiter)) {
    const file = resolve(base, folder, program);
    const refusal = whyNotExecutable(file);
    if (refusal === null) return { file };
    // A folder of PATH that is closed to us is passed over, as a shell does.
    if (nearMiss === null && !/^(?:does not exist|cannot be reached)/.test(refusal)) nearMiss = `${file} ${refusal}`;
  }
  return {
    problem:
      nearMiss ??
      `The program ${program} was not found in PATH (${path ?? defaultPath}). Install it, write its absolute path, or set PATH in the environment of this process.`,
  };
}

function whyNotExecutable(file: string): string | null {
  const stat = look(file);
  if (typeof stat === 'string') return `${stat}. Check the path.`;
  if (stat.isDirectory()) return 'is a directory, not a program.';
  try {
    accessSync(file, constants.X_OK);
    return null;
  } catch {
    return "is not executable by the engine's user. Run chmod +x on it, or start it through its interpreter.";
  }
}
