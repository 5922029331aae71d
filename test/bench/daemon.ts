// Our own daemon as an operator starts it, and the control socket as a console sees it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isFresh } from '../../scripts/freshness.ts';
import { project } from '../../scripts/run.ts';
import { connectEngine } from '../../source/control/client.ts';
import type { EngineClient } from '../../source/control/engine-client.ts';
import { RequestRefused } from '../../source/control/failure.ts';
import { folder } from './place.ts';
import type { Programs } from './programs.ts';
import { nowMs } from './stamps.ts';

/** Program and first arguments that start procsaver. */
let program: readonly string[] = [];

/** The executable, built if it must be; where that fails the source, which is said, since its memory and start are others. */
export function chooseProgram(other: string | undefined): void {
  if (other !== undefined) {
    program = [resolve(other)];
    return;
  }
  try {
    if (!isFresh(project, 'dist/procsaver')) {
      console.log('building dist/procsaver first');
      execFileSync('node', ['scripts/build.ts'], { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
    }
    program = [join(project, 'dist/procsaver')];
  } catch {
    console.log(
      'dist/procsaver COULD NOT BE BUILT: the source is measured instead; its memory and its start are worse.',
    );
    program = [process.execPath, join(project, 'source/cli/main.ts')];
  }
}

/** Program and first arguments, for a terminal. */
export function programWords(): readonly string[] {
  return program;
}

export interface Daemon {
  readonly name: string;
  readonly child: ChildProcess;
  readonly pid: number;
  readonly spawnedAtMs: number;
  readonly client: EngineClient;
}

/** Starts it and waits until it watches; the moment of that comes with it. */
export async function startDaemon(name: string, profile: string): Promise<{ daemon: Daemon; readyAtMs: number }> {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'profile.yaml');
  writeFileSync(file, profile);
  const journal = join(home, 'default/journal.jsonl');
  const from = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
  const spawnedAtMs = nowMs();
  const [command = '', ...words] = program;
  const child = spawn(command, [...words, '--daemon', file], {
    env: { ...process.env, PROCSAVER_HOME: home },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await started(journal, from, child);
  const client = await connectEngine(join(home, 'default/control.sock'));
  await hasBegun(client);
  return { daemon: { name, child, pid: child.pid ?? 0, spawnedAtMs, client }, readyAtMs: nowMs() };
}

/** Its journal says so: looked at from outside, so that the daemon has nothing more to do than usual. */
async function started(journal: string, from: number, child: ChildProcess): Promise<number> {
  for (const giveUpAtMs = nowMs() + 60_000; nowMs() < giveUpAtMs; await pause(1)) {
    if (child.exitCode !== null) throw new Error(`the daemon ended with status ${child.exitCode}`);
    const size = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
    if (size > from && readFileSync(journal).subarray(from).includes('"engine.started"')) return nowMs();
  }
  throw new Error('the daemon did not start within 60 s');
}

/** `engine.started` is the first line of the journal; whoever asks is answered when everything is taken over, if only that nobody bears such a name. */
async function hasBegun(client: EngineClient): Promise<void> {
  try {
    await client.call('params', { target: 'nobody' });
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
  }
}

/** As an accident would. Its children live on. */
export async function killDaemon(daemon: Daemon): Promise<void> {
  const ended = new Promise((resolve) => daemon.child.once('exit', resolve));
  daemon.client.close();
  daemon.child.kill('SIGKILL');
  await ended;
}

/** Pids of everything it watches, by full name. */
export async function watchedPids(client: EngineClient): Promise<Map<string, number>> {
  const { groups } = await client.call('status', { target: null });
  const pids = new Map<string, number>();
  for (const group of groups) {
    for (const process of group.processes) {
      for (const { pid } of process.instances) pids.set(`${group.name}/${process.name}`, pid);
    }
  }
  return pids;
}

/** Restarts that never run out and never wait. */
const tireless = 'defaults:\n  restart: { limit: 1000, backoff: { initial: 0s, max: 0s } }\n';

/** One group with the children `p1`, `p2` ..., and what else is wanted, as lines of YAML. */
export function profileText(group: string, children: number, stamp: string, others = ''): string {
  const names = Array.from({ length: children }, (_, index) => `p${index + 1}`);
  const lines = names.map((name) => `      ${name}: { command: ${stamp} }\n`).join('');
  return `${tireless}groups:\n  ${group}:\n    processes:\n${lines}${others}`;
}

/** A `match` entry that the restart script brings back. */
export function matchEntry(name: string, { otherStamp, otherExecutable, restartOther }: Programs): string {
  const script = `[${restartOther}, ${name}, ${otherStamp}]`;
  return `      ${name}: { match: { executable: ${otherExecutable} }, restart: { run: ${script} } }\n`;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
