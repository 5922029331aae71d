import { type ChildProcess, spawn } from 'node:child_process';
import { program } from './program.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A daemon that the test started and can kill. */
export class TestedEngine {
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;
  hasEnded = false;
  stderr = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      // A machine without room for another process: whoever waits for the engine is told by its end.
      child.once('error', (error) => {
        this.stderr += error.message;
        this.hasEnded = true;
        resolve({ status: null, signal: null });
      });
      child.once('exit', (status, signal) => {
        this.hasEnded = true;
        resolve({ status, signal });
      });
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the program could not be started');
    return this.#child.pid;
  }

  /** Node reaps the child before it reports the end, so this never reaches another process. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }
}

/** Starts a daemon by any command line, without waiting for anything. */
export function launch(
  command: readonly string[],
  { directory, environment }: { readonly directory: string; readonly environment: Readonly<Record<string, string>> },
): TestedEngine {
  const [file = '', ...words] = command;
  return new TestedEngine(
    spawn(file, words, { cwd: directory, env: environment, stdio: ['ignore', 'ignore', 'pipe'] }),
  );
}

/** Starts the daemon and waits until it answers. `more` is added to its environment. */
export async function startEngine(
  place: Workplace,
  profile: string,
  more: Readonly<Record<string, string>> = {},
): Promise<TestedEngine> {
  const { directory, environment } = place;
  const engine = launch([program, '--daemon', profile], { directory, environment: { ...environment, ...more } });
  await until('an engine that answers', async () => {
    if (engine.hasEnded) throw new Error(`the engine ended at once: ${engine.stderr}`);
    const status = await place.status().catch(() => null);
    return status?.engine.pid === engine.pid;
  });
  return engine;
}

/** Writes the profile, starts the daemon with it, waits until it answers. */
export async function watch(place: Workplace, profile: string): Promise<TestedEngine> {
  return startEngine(place, place.write('profile.yaml', profile));
}
