// The program under test: the one executable file, as it is handed to a customer. Nothing else here knows where it lies.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { project } from '../../scripts/run.ts';

/** TESTED_PROGRAM names another build of it, such as the one of a release. */
export const program = process.env['TESTED_PROGRAM'] ?? join(project, 'dist/procsaver');

export interface Outcome {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Killed when it takes longer. */
  readonly withinMs?: number;
}

/** Runs any command to its end and tells what came of it. */
export function run(command: readonly string[], options: RunOptions): Promise<Outcome> {
  const [file = '', ...rest] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, rest, {
      cwd: options.directory,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.withinMs ?? 60_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
