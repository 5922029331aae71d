// Runs one command after another for the scripts of package.json, with signals and exit statuses passed through.
import { type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

export interface Outcome {
  /** The exit status; 128 + number for a death by signal, as a shell counts it. */
  status: number;
  stdout: string;
}

/** Runs `command` in the project's folder until it ends. Its output is collected only where `stdio` asks for a pipe. */
export function run(command: string, args: string[], stdio: StdioOptions = 'inherit'): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, stdio });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const forward = (signal: NodeJS.Signals): void => {
      // A terminal gives Ctrl-C to the whole foreground group, so the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    const done = (): void => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (code, signal) => {
      done();
      resolve({ status: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), stdout });
    });
  });
}

/** Runs `command` and ends this script with its status unless that is 0. */
export async function mustRun(command: string, args: string[]): Promise<void> {
  const { status } = await run(command, args);
  if (status !== 0) process.exit(status);
}
