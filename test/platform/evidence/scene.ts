// What the tests of evidence have in common: a folder, a request, real programs that hang or fall.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { EvidenceFolder } from '../../../source/platform/evidence/evidence-folder.ts';
import type { IncidentFile } from '../../../source/platform/evidence/incident.ts';
import type { Part } from '../../../source/platform/evidence/part.ts';
import { linuxParts } from '../../../source/platform/linux/evidence/linux-parts.ts';
import { instanceOf, readStat } from '../../../source/platform/linux/proc.ts';
import type { EvidenceRequest, EvidenceResult } from '../../../source/ports/evidence.ts';
import type { Instance } from '../../../source/ports/instance.ts';

const scratch = mkdtempSync(join(tmpdir(), 'procsaver-evidence-'));
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let count = 0;
export const freshFolder = (): string => mkdtempSync(join(scratch, `${++count}-`));

const gigabyte = 1024 ** 3;

export function requestFor(changes: Partial<EvidenceRequest>): EvidenceRequest {
  return {
    incident: 'i1',
    process: 'shop/server',
    slot: 1,
    instance: null,
    lives: false,
    reason: { kind: 'down', exit: { code: 1 } },
    text: 'ended with exit status 1',
    atMs: Date.now(),
    kinds: [],
    outputFile: '',
    secrets: [],
    keep: 10,
    withinMs: 5_000,
    maxTotalBytes: gigabyte,
    facts: {},
    ...changes,
  };
}

export function openFolder(directory: string, parts: readonly Part[] = linuxParts): EvidenceFolder {
  const folder = new EvidenceFolder({ directory, parts });
  folder.lend({ samples: () => ['{"cpu":1}', '{"cpu":2}'], trace: () => ['{"state":{}}', '{"end":"x"}'] });
  return folder;
}

export function collect(
  folder: EvidenceFolder,
  changes: Partial<EvidenceRequest>,
  stage?: (name: string) => void,
): Promise<EvidenceResult> {
  return new Promise((report) => folder.collect(requestFor(changes), report, stage));
}

export type Taken = Extract<EvidenceResult, { ok: true }>;

export function taken(result: EvidenceResult): Taken {
  if (!result.ok) throw new Error(result.problem);
  return result;
}

export const textOf = ({ folder }: { folder: string }, file: string): string =>
  readFileSync(join(folder, file), 'utf8');
export const incidentOf = (from: { folder: string }): IncidentFile => JSON.parse(textOf(from, 'incident.json'));

/** Compiles it; the name of the program is that of the file. */
export function compile(name: string, source: string): string {
  const file = join(scratch, `${name}.c`);
  writeFileSync(file, source);
  execFileSync('gcc', ['-O0', '-g', '-pthread', '-o', join(scratch, name), file]);
  return join(scratch, name);
}

export interface Running {
  readonly instance: Instance;
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

/** Runs it until the end of the test; its output goes into `outputFile`. */
export function run(
  command: readonly string[],
  options: { outputFile?: string; cwd?: string; environment?: Record<string, string> } = {},
): Running {
  const output = openSync(options.outputFile ?? '/dev/null', 'a');
  const child = spawn(command[0] as string, command.slice(1), {
    stdio: ['ignore', output, output],
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
  });
  children.add(child);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const stat = readStat(child.pid as number);
  if (stat === null) throw new Error(`${command[0]} could not be started`);
  return { instance: instanceOf(stat), child, ended };
}

/** Waits for what can only be seen by looking. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ten seconds: ${holds}`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

/** Runs `work` with a PATH that holds these programs, by name or as the text of a script, and no others. */
export async function withPath<T>(programs: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const folder = freshFolder();
  for (const [name, what] of Object.entries(programs)) {
    if (what.startsWith('#!')) writeFileSync(join(folder, name), what, { mode: 0o755 });
    else symlinkSync(what, join(folder, name));
  }
  const before = process.env['PATH'];
  process.env['PATH'] = folder;
  try {
    return await work();
  } finally {
    process.env['PATH'] = before;
  }
}

export function pathOf(program: string): string | null {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Two threads, each of which waits for what the other holds. */
export const deadlock = `
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
pthread_barrier_t both;
void *takes_first_then_second(void *x) { pthread_mutex_lock(&first); pthread_barrier_wait(&both); pthread_mutex_lock(&second); return x; }
void *takes_second_then_first(void *x) { pthread_mutex_lock(&second); pthread_barrier_wait(&both); pthread_mutex_lock(&first); return x; }
int main(void) {
  pthread_t a, b;
  pthread_barrier_init(&both, 0, 2);
  puts("working"); fflush(stdout);
  pthread_create(&a, 0, takes_first_then_second, 0);
  pthread_create(&b, 0, takes_second_then_first, 0);
  pthread_join(a, 0);
  return 0;
}`;

export const spins = `
volatile unsigned long turns;
__attribute__((noinline)) void never_ends(void) { for (;;) turns++; }
int main(void) { never_ends(); return 0; }`;

export const falls = `
#include <stdio.h>
volatile int *nowhere = 0;
__attribute__((noinline)) int falls(int x) { *nowhere = x; return x + 1; }
__attribute__((noinline)) int works(int x) { return falls(x) + 1; }
int main(int count, char **words) { puts("about to fall at 0x7ffd, order 4711"); fflush(stdout); return works(count); }`;
