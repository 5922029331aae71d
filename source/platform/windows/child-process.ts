import { dirname } from 'node:path';
import {
  type CreatedProcess,
  createSuspended,
  openAppended,
  openNothing,
  priorityClass,
  resume,
} from '../../../native-bindings/windows/create-process.ts';
import { closeHandle, creationTime, terminateProcess } from '../../../native-bindings/windows/process-handle.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import type { Instance } from '../../ports/instance.ts';
import { readFileMark } from '../file-mark.ts';
import { makeFolder } from '../folder.ts';
import { look } from '../look.ts';
import { instanceAt } from './instances.ts';
import { killedCode } from './jobs.ts';
import { findProgram, variable } from './program-file.ts';
import { programLine } from './program-line.ts';

/** What spawner and script runner have in common: one child in a console of its own, its output in a file. */
export interface ChildOrder {
  readonly command: readonly string[];
  readonly directory: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly outputFile: string;
  /** Null: as the engine. */
  readonly user: string | null;
  readonly group: string | null;
  readonly nice: number | null;
}

export type StartedChild =
  /** The handle is the caller's. */
  | { readonly ok: true; readonly instance: Instance; readonly handle: number; readonly outputOffset: number }
  | { readonly ok: false; readonly problem: string };

const failed = (problem: string): StartedChild => ({ ok: false, problem });

/** Starts it, or says what failed, to what, why and what to do. `prepare` is called before its first instruction, with the program's file. */
export function startChild(order: ChildOrder, prepare: (handle: number, file: string) => void): StartedChild {
  const { command, directory, environment, outputFile } = order;
  if (order.user !== null || order.group !== null)
    return failed(
      'On Windows the engine starts programs as its own account only. Install the program as a service with that account and watch it as a `service`, or take `user` and `group` out.',
    );
  const directoryProblem = directory === null ? null : whyNoDirectory(directory);
  if (directoryProblem !== null) return failed(directoryProblem);
  const program = findProgram(command[0] ?? '', environment, directory);
  if ('problem' in program) return failed(program.problem);
  const interpreter = variable(environment, 'ComSpec') ?? variable(process.env, 'ComSpec') ?? 'cmd.exe';
  const line = programLine(program.file, command, interpreter);
  if ('problem' in line) return failed(line.problem);
  const entries = environmentBlock(environment);
  if ([...command, ...entries].some((text) => text.includes('\0')))
    return failed('The command or environment contains a zero byte, which no program can be given.');
  const output = openOutput(outputFile);
  if (typeof output === 'string') return failed(output);
  const outputOffset = readFileMark(outputFile)?.sizeBytes ?? 0;
  const input = openNothing();
  const created =
    input < 0
      ? input
      : createSuspended({
          file: line.file,
          commandLine: line.line,
          environment: entries,
          directory,
          input,
          output,
          errors: output,
          priority: priorityOf(order.nice),
        });
  if (input >= 0) closeHandle(input);
  closeHandle(output);
  if (typeof created === 'number') return failed(describeStartError(-created, program.file, directory));
  return begin(created, program.file, outputOffset, prepare);
}

function begin(
  created: CreatedProcess,
  file: string,
  outputOffset: number,
  prepare: (handle: number, file: string) => void,
): StartedChild {
  const createdAtUs = creationTime(created.process);
  if (createdAtUs < 0) {
    terminateProcess(created.process, killedCode);
    closeHandle(created.thread);
    closeHandle(created.process);
    return failed(
      `${file} was started, but Windows does not tell when (error ${-createdAtUs}), so it was ended again.`,
    );
  }
  prepare(created.process, file);
  resume(created);
  return { ok: true, instance: instanceAt(created.pid, createdAtUs), handle: created.process, outputOffset };
}

/** Sorted by name without regard to case, as CreateProcessW asks for; of two that differ in case only the later one counts. */
function environmentBlock(environment: Readonly<Record<string, string>>): string[] {
  const byName = new Map(
    Object.entries(environment).map(([name, value]) => [name.toUpperCase(), `${name}=${value}`] as const),
  );
  // Without it many programs do not even begin.
  if (!byName.has('SYSTEMROOT')) byName.set('SYSTEMROOT', `SystemRoot=${process.env['SystemRoot'] ?? 'C:\\Windows'}`);
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** `nice` counts from -20 to 19, Windows knows six classes. */
function priorityOf(nice: number | null): number | null {
  if (nice === null) return null;
  if (nice <= -10) return priorityClass.high;
  if (nice < 0) return priorityClass.aboveNormal;
  if (nice === 0) return priorityClass.normal;
  return nice < 10 ? priorityClass.belowNormal : priorityClass.idle;
}

function whyNoDirectory(directory: string): string | null {
  const stat = look(directory);
  if (typeof stat === 'string') return `The directory ${directory} ${stat}. Make or open it, or correct \`directory\`.`;
  return stat.isDirectory() ? null : `${directory} is not a directory. Correct \`directory\`.`;
}

/** A handle, or the problem. */
function openOutput(file: string): number | string {
  let handle = openAppended(file);
  if (handle === -errorCode.ERROR_PATH_NOT_FOUND || handle === -errorCode.ERROR_FILE_NOT_FOUND) {
    try {
      makeFolder(dirname(file), 0o700);
    } catch (error) {
      return describeOutputError(file, (error as Error).message);
    }
    handle = openAppended(file);
  }
  return handle < 0 ? describeOutputError(file, `error ${-handle} of Windows`) : handle;
}

function describeOutputError(file: string, reason: string): string {
  return `The output file ${file} cannot be written: ${reason}. Correct \`output.file\`, or the rights or space of its folder.`;
}

/** **The table** of refusals, see <winerror.h>. */
const advice: Readonly<Record<number, string>> = {
  [errorCode.ERROR_FILE_NOT_FOUND]: 'The file does not exist.',
  [errorCode.ERROR_PATH_NOT_FOUND]: 'Its folder does not exist.',
  [errorCode.ERROR_ACCESS_DENIED]: 'It is closed to this account, or a policy or virus scanner forbids it.',
  [errorCode.ERROR_NOT_ENOUGH_MEMORY]: 'The machine is out of memory.',
  [errorCode.ERROR_BAD_EXE_FORMAT]:
    'It is no program of this machine. Start a script through its interpreter (node, python, powershell -File).',
  [errorCode.ERROR_FILENAME_EXCED_RANGE]: 'Its command line is longer than the 32,767 characters that Windows takes.',
  [errorCode.ERROR_DIRECTORY]: 'Its working directory is not one.',
  [errorCode.ERROR_ELEVATION_REQUIRED]: 'It asks for the rights of an administrator. Run the engine as one.',
};

function describeStartError(error: number, file: string, directory: string | null): string {
  return `${file} could not be started${directory === null ? '' : ` in ${directory}`}: error ${error} of Windows. ${advice[error] ?? ''}`.trim();
}
