import { closeSync, fstatSync, openSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { spawnProcess } from '../../../native-bindings/linux/spawn.ts';
import type { Instance } from '../../ports/instance.ts';
import { makeFolder } from '../folder.ts';
import { look } from '../look.ts';
import { findProgram } from './executable-file.ts';
import { instanceOf, readStat } from './proc.ts';

/** What spawner, script runner and prober have in common: one child in a session of its own, its output in a file. */
export interface ChildOrder {
  readonly command: readonly string[];
  readonly directory: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly outputFile: string;
  /** Open descriptors of ours that take stdout and stderr instead of the file. */
  readonly descriptors?: { readonly output: number; readonly errors: number };
  /** Null: as the engine. */
  readonly umask: number | null;
  readonly nice: number | null;
}

export type StartedChild =
  | { readonly ok: true; readonly instance: Instance; readonly outputOffset: number }
  | { readonly ok: false; readonly problem: string };

const failed = (problem: string): StartedChild => ({ ok: false, problem });

/** Starts it, or says what failed, to what, why and what to do. */
export function startChild(order: ChildOrder): StartedChild {
  const { command, directory, environment, outputFile } = order;
  const directoryProblem = directory === null ? null : whyNoDirectory(directory);
  if (directoryProblem !== null) return failed(directoryProblem);
  const priorityProblem = whyNoPriority(order.nice);
  if (priorityProblem !== null) return failed(priorityProblem);
  const program = findProgram(command[0] ?? '', environment['PATH'], directory);
  if ('problem' in program) return failed(program.problem);
  const entries = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  if ([...command, ...entries].some((text) => text.includes('\0')))
    return failed('The command or environment contains a zero byte, which no program can be given.');
  const output = openOutput(outputFile);
  if (typeof output === 'string') return failed(output);
  try {
    const outputOffset = fstatSync(output).size;
    const pid = withMask(order.umask, () =>
      spawnProcess({
        file: program.file,
        arguments: command,
        environment: entries,
        directory,
        ...(order.descriptors ?? { output }),
      }),
    );
    if (pid < 0) return failed(describeSpawnError(-pid, program.file, directory));
    // It is our child and nobody else waits for it, so its stat is there even if it has ended already.
    const stat = readStat(pid);
    if (stat === null)
      return failed(
        `${program.file} was started as ${pid} but /proc/${pid}/stat cannot be read. Is /proc mounted with hidepid?`,
      );
    if (order.nice !== null) setPriority(pid, order.nice);
    return { ok: true, instance: instanceOf(stat), outputOffset };
  } finally {
    closeSync(output);
  }
}

/** A child inherits the mask of this process at the moment of its start, and nothing else runs in that moment. */
function withMask(umask: number | null, start: () => number): number {
  if (umask === null) return start();
  const own = process.umask(umask);
  try {
    return start();
  } finally {
    process.umask(own);
  }
}

/** Null, or why this engine may not give that priority: only root may take more than it has itself. */
function whyNoPriority(nice: number | null): string | null {
  if (nice === null || nice >= getPriority() || process.geteuid?.() === 0) return null;
  return `The priority ${nice} is above the engine's own (${getPriority()}), which takes root. Run the engine as root, or correct \`nice\`.`;
}

function whyNoDirectory(directory: string): string | null {
  const stat = look(directory);
  if (typeof stat === 'string') return `The directory ${directory} ${stat}. Make or open it, or correct \`directory\`.`;
  return stat.isDirectory() ? null : `${directory} is not a directory. Correct \`directory\`.`;
}

/** A descriptor, or the problem. */
function openOutput(file: string): number | string {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return describeOutputError(file, error);
  }
  try {
    makeFolder(dirname(file), 0o700);
    return openSync(file, 'a', 0o600);
  } catch (error) {
    return describeOutputError(file, error);
  }
}

function describeOutputError(file: string, error: unknown): string {
  return `The output file ${file} cannot be written: ${(error as Error).message}. Correct \`output.file\`, or the rights or space of its folder.`;
}

const advice: Readonly<Record<string, string>> = {
  ENOENT: 'Its interpreter (first line, after #!) or its dynamic loader does not exist.',
  ENOEXEC: 'It is neither a program of this machine nor a script with a #! line. Start it through its interpreter.',
  EACCES: 'It, its interpreter or the directory is closed to this user, or lies on a file system mounted noexec.',
  EAGAIN: 'The limit of processes is reached (ulimit -u, TasksMax= or pids.max of the cgroup, kernel.pid_max).',
  ENOMEM: 'The machine is out of memory.',
  E2BIG: 'Its arguments and environment are too long.',
  ETXTBSY: 'Its file is being written to.',
};

function describeSpawnError(errno: number, file: string, directory: string | null): string {
  const [code, message] = getSystemErrorMap().get(-errno) ?? [`errno ${errno}`, 'unknown error'];
  return `${file} could not be started${directory === null ? '' : ` in ${directory}`}: ${code}, ${message}. ${advice[code] ?? ''}`.trim();
}
