// Programs that are measured, and what a machine must have for it. Whatever was started is killed at the end, by its pid.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LinuxMeter } from '../../../source/platform/linux/meter.ts';
import { listPids, readStat } from '../../../source/platform/linux/proc.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import type { Sample, SampleWish } from '../../../source/ports/meter.ts';
import { until } from '../../end-to-end/until.ts';
import { instanceAt, program } from './workshop.ts';

export const nothingMore: SampleWish = { tree: false, descriptors: false, threadStates: false };
export const everything: SampleWish = { tree: true, descriptors: true, threadStates: true };

export interface Measured {
  readonly folder: string;
  readonly meter: LinuxMeter;
  /** Started, and past its exec. */
  start(...command: readonly string[]): Promise<Instance>;
  /** The same, and the first that it wrote. */
  startAndHear(...command: readonly string[]): Promise<{ readonly instance: Instance; readonly line: string }>;
  /** A program in C of test/fixtures/programs, past its first line of output. */
  compiled(source: string, ...options: readonly string[]): Promise<Instance>;
  /** test/fixtures/programs/threads.c. */
  threads(letters: string): Promise<Instance>;
  /** To its standard input. */
  write(instance: Instance, text: string): void;
  sample(instance: Instance, wish?: SampleWish): Promise<Sample | null>;
  close(): Promise<void>;
}

export function openMeasured(): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-test-'));
  const meter = new LinuxMeter();
  const children: ChildProcess[] = [];
  const start = async (...[file = '', ...options]: readonly string[]) => {
    const child = spawn(file, options, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    await new Promise((resolve, reject) => child.once('spawn', () => resolve(null)).once('error', reject));
    const { pid } = child;
    if (pid === undefined) throw new Error(`${file} has no pid`);
    return instanceAt(pid);
  };
  const startAndHear = async (...command: readonly string[]) => {
    const instance = await start(...command);
    const output = children.at(-1)?.stdout;
    const line = await new Promise<string>((resolve) => output?.once('data', (data) => resolve(String(data))));
    return { instance, line };
  };
  const startCompiled = async (source: string, ...options: readonly string[]) =>
    (await startAndHear(compile(folder, source), ...options)).instance;
  return {
    folder,
    meter,
    start,
    startAndHear,
    compiled: startCompiled,
    threads: (letters) => startCompiled('threads.c', letters),
    write: ({ pid }, text) => void children.find((child) => child.pid === pid)?.stdin?.write(text),
    sample: (instance, wish = nothingMore) =>
      new Promise((resolve) => meter.sample([{ instance, wish }], ([sample]) => resolve(sample ?? null))),
    async close() {
      // The last first: a debugger holds what it has taken until it ends itself.
      for (const child of children.toReversed()) {
        for (const pid of [...descendantsOf(child.pid ?? -1), child.pid ?? -1]) kill(pid);
      }
      for (const child of children) {
        if (child.exitCode === null && child.signalCode === null)
          await new Promise((resolve) => child.once('exit', resolve));
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function compile(folder: string, source: string): string {
  const file = join(folder, source.replace(/\.c$/, ''));
  if (!existsSync(file)) execFileSync('gcc', ['-g', '-pthread', '-o', file, program(source)]);
  return file;
}

function descendantsOf(pid: number): number[] {
  const children = listPids().filter((one) => readStat(one)?.parent === pid);
  return [...children.flatMap(descendantsOf), ...children];
}

function kill(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Null when the machine has it; else what it lacks, for the line of the test that is skipped. */
export const lack = {
  program: (name: string): string | null =>
    spawnSync('which', [name]).status === 0 ? null : `there is no ${name} on this machine`,
  cgroup: (parent: string): string | null => {
    try {
      const folder = join(parent, `procsaver-test-${process.pid}-try`);
      mkdirSync(folder);
      rmdirSync(folder);
      return null;
    } catch (error) {
      return `no cgroup can be made in ${parent} (${(error as Error).message})`;
    }
  },
};

/** For `test.skipIf(missing(...))`: says on the terminal what is not tested, and why. */
export function missing(what: string, reason: string | null): boolean {
  if (reason !== null) console.warn(`NOT TESTED: ${what}: ${reason}`);
  return reason !== null;
}

/** A cgroup of the test's own for one process; `leave` puts that back and takes the cgroup away. */
export async function inCgroup(parent: string, files: Readonly<Record<string, string>>, { pid }: Instance) {
  const folder = join(parent, `procsaver-test-${process.pid}-${pid}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const before = cgroupOf(pid, parent);
  writeFileSync(join(folder, 'cgroup.procs'), `${pid}`);
  return {
    folder,
    write: (name: string, text: string) => writeFileSync(join(folder, name), text),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    async leave() {
      writeFileSync(join(parent, before, 'cgroup.procs'), `${pid}`);
      await until('the cgroup is empty', () => isRemoved(folder));
    },
  };
}

/** The kernel may hold on to a cgroup for a moment after the last process has left it. */
export function isRemoved(cgroup: string): boolean {
  try {
    rmdirSync(cgroup);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw error;
  }
}

/** Its place below the folder where the hierarchy is mounted. */
function cgroupOf(pid: number, mount: string): string {
  const name = mount.split('/').at(-1);
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n');
  const line = lines.find((one) => (name === 'unified' ? one.startsWith('0::') : one.split(':')[1] === name));
  return line?.split(':')[2] ?? '/';
}
