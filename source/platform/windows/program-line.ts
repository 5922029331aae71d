// The command line of a child. Pure.
import { commandLine } from '../../../native-bindings/windows/command-line.ts';
import { isBatchFile } from './program-file.ts';

export interface ProgramLine {
  /** The program that is started: the file itself, or the command interpreter for a batch file. */
  readonly file: string;
  readonly line: string;
}

/** Words with which nobody can be harmed, or a sentence. `interpreter`: the absolute path of cmd.exe. */
export function programLine(
  file: string,
  words: readonly string[],
  interpreter: string,
): ProgramLine | { readonly problem: string } {
  if (isBatchFile(file)) return batchLine(file, words.slice(1), interpreter);
  if (isShellText(file, words)) return { file, line: `"${file}" ${words.slice(1, -1).join(' ')} "${words.at(-1)}"` };
  return { file, line: commandLine([words[0] ?? file, ...words.slice(1)]) };
}

/** `shell: true`: with /s the interpreter takes off the outer quotation marks and reads the rest as it was written. */
function isShellText(file: string, words: readonly string[]): boolean {
  return (
    /(^|[\\/])cmd\.exe$/i.test(file) && words.length === 5 && words.slice(1, 4).join(' ').toLowerCase() === '/d /s /c'
  );
}

/**
 * The interpreter would take what stands in a word for a command of its own. Within quotation marks only two signs still mean something
 * to it: the marks, which are doubled, and the percent sign, which is taken apart by a variable that has nothing in it.
 */
function batchLine(
  file: string,
  words: readonly string[],
  interpreter: string,
): ProgramLine | { readonly problem: string } {
  if ([file, ...words].some((word) => /[\r\n]/.test(word)))
    return { problem: `${file} is a batch file, and no line end can be handed to one. Start its program directly.` };
  const quoted = [file, ...words].map(
    (word) =>
      `"${word
        .replaceAll('"', '""')
        .replaceAll('%', '%%cd:~,%')
        .replace(/(\\+)$/, '$1$1')}"`,
  );
  return { file: interpreter, line: `"${interpreter}" /e:ON /v:OFF /d /c "${quoted.join(' ')}"` };
}
