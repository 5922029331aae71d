// Which file a command means, looked up as a command prompt would.
import { statSync } from 'node:fs';
import { delimiter, extname, isAbsolute, join, resolve } from 'node:path';
import { look } from '../look.ts';

export type FoundProgram = { readonly file: string } | { readonly problem: string };

/** Windows knows its variables in any case. */
export function variable(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const wanted = name.toUpperCase();
  return Object.entries(environment).find(([key]) => key.toUpperCase() === wanted)?.[1];
}

/** In the child's own PATH, PATHEXT and directory, so that the answer can say what is wrong. The current folder is no part of PATH. */
export function findProgram(
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
  directory: string | null,
): FoundProgram {
  if (program === '') return { problem: 'The command is empty. Write the program first, then its arguments.' };
  const endings = ['', ...(variable(environment, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';')];
  if (/[\\/]/.test(program)) {
    const file = resolve(directory ?? process.cwd(), program);
    const found = firstFile(file, endings);
    if (found !== null) return { file: found };
    const seen = look(file);
    return { problem: `${file} ${typeof seen === 'string' ? `${seen}. Check the path.` : 'is no program.'}` };
  }
  const path = variable(environment, 'PATH') ?? '';
  for (const folder of path.split(delimiter)) {
    // A relative folder in PATH would mean another program in each directory.
    const found = isAbsolute(folder) ? firstFile(join(folder, program), endings) : null;
    if (found !== null) return { file: found };
  }
  return {
    problem: `The program ${program} was not found in PATH (${path}). Install it, write its absolute path, or set PATH in the environment of this process.`,
  };
}

/** Without an ending of its own a name stands for a program with one. */
function firstFile(file: string, endings: readonly string[]): string | null {
  const own = extname(file).toLowerCase();
  const tried = endings.includes(own) && own !== '' ? [''] : endings.slice(1);
  for (const ending of [...tried, ''])
    if (statSync(`${file}${ending}`, { throwIfNoEntry: false })?.isFile() === true) return `${file}${ending}`;
  return null;
}

/** Run by the command interpreter, which reads words by rules of its own. */
export function isBatchFile(file: string): boolean {
  return /\.(bat|cmd)$/i.test(file);
}
