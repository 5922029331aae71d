// The Windows programs that the tests watch, compiled from test/windows/programs/ once and kept until their text changes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/run.ts';

/** Of Linux: procsaver itself. TESTED_WINDOWS_PROGRAM names another build of it, such as the one of a release. */
export const windowsExecutable = process.env['TESTED_WINDOWS_PROGRAM'] ?? join(project, 'dist/procsaver.exe');

/** How Windows programs call a file of Linux; fit for a double-quoted text of YAML too, since Windows takes these slashes. */
export function windowsPath(path: string): string {
  return `Z:${path}`;
}

/** Symbols stay in: dumps are read by names of functions. */
const compiler = ['x86_64-w64-mingw32-gcc', '-std=gnu17', '-Wall', '-Wextra', '-Werror', '-g', '-O1'];
const libraries = ['user32', 'gdi32', 'advapi32', 'dbghelp', 'shell32'].map((name) => `-l${name}`);
const cache = join(project, 'node_modules/.cache/procsaver-windows/programs');

/** Of Linux; the path of `writes.exe` for `writes`. */
export function windowsProgram(name: string): string {
  const source = join(project, 'test/windows/programs', `${name}.c`);
  const text = readFileSync(source);
  const hash = createHash('sha256').update(compiler.join(' ')).update(text).digest('hex').slice(0, 12);
  const folder = join(cache, hash);
  const program = join(folder, `${name}.exe`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  // Renamed when it is whole: two tests may want the same one.
  const unfinished = `${program}.${process.pid}`;
  const [command = '', ...flags] = compiler;
  execFileSync(command, [...flags, '-o', unfinished, source, ...libraries], {
    stdio: 'inherit',
  });
  renameSync(unfinished, program);
  return program;
}
