// The core that the kernel wrote of a process that has died, wherever core(5) says.
import { constants as fileFlags } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../evidence/part.ts';
import { readCoreNotes } from './core-notes.ts';
import { corePatternParts, type Dead } from './core-pattern.ts';
import { readSmall } from './proc-text.ts';
import { runTool } from './tool.ts';
import { lastWords } from './user-stack.ts';

export interface FoundCore {
  /** Where it is now. */
  path: string;
  readonly executable: string | null;
  /** It lies in the incident's folder, or belongs to the system. */
  isOurs: boolean;
}

/** Cores of one folder that are looked into, the newest first. */
const candidatesBound = 1_000;
/** The clock of a file system is coarser than that of the start. */
const coarseMs = 1_000;

const found = new WeakMap<Job, Promise<FoundCore | null>>();

/** Looked for once an incident. Null: there is none, and `missing` says why where one was to be expected. */
export function coreOf(job: Job): Promise<FoundCore | null> {
  const known = found.get(job) ?? find(job);
  found.set(job, known);
  return known;
}

async function find(job: Job): Promise<FoundCore | null> {
  const pattern = readSmall('/proc/sys/kernel/core_pattern')?.trim() ?? '';
  if (pattern.startsWith('|')) return fromPipe(job, pattern);
  const core = pattern === '' ? null : await inFiles(job, pattern);
  if (core === null && isMissed(job)) job.missing.push(whyNone(job, pattern));
  return core;
}

/** Signals whose default is a core: signal(7). */
const coreSignals = 'SIGABRT SIGBUS SIGFPE SIGILL SIGQUIT SIGSEGV SIGSYS SIGTRAP SIGXCPU SIGXFSZ'.split(' ');

/** Whether the kernel says that it wrote one; null: it did not say. */
function wrote({ request: { reason } }: Job): boolean | null {
  return reason.kind === 'down' && 'signal' in reason.exit ? reason.exit.core : null;
}

/** Is it missed? Not where the kernel wrote none and nobody asked for it, nor of a process that was killed. */
function isMissed(job: Job): boolean {
  const { reason, kinds } = job.request;
  if (wrote(job) !== false) return true;
  const signal = reason.kind === 'down' && 'signal' in reason.exit ? reason.exit.signal : '';
  return kinds.some((kind) => kind !== 'stack') && coreSignals.includes(signal);
}

function whyNone(job: Job, pattern: string): string {
  if (pattern === '') return 'no core: /proc/sys/kernel/core_pattern is empty, so the kernel writes none';
  const place = pattern.startsWith('/') ? '' : `below ${directoryOf(job)} `;
  const none = `no core: the kernel's pattern is ${pattern}, and ${place}no core of pid ${job.request.instance?.pid} was found`;
  if (wrote(job) !== false) return none;
  return `${none}; the kernel says that it wrote none: its limit (ulimit -c, RLIMIT_CORE) was 0 or too small, its user may not write to that folder, the disk is full, or the program had changed its user (fs.suid_dumpable)`;
}

function deadOf({ request: { reason } }: Job): Dead {
  const signal = reason.kind === 'down' && 'signal' in reason.exit ? reason.exit.signal : null;
  const number = (constants.signals as Readonly<Record<string, number>>)[signal ?? ''];
  return { signal: number ?? null };
}

/** Where it worked, as far as the engine knows; a relative pattern begins there. */
function directoryOf({ request: { facts } }: Job): string {
  const { directory } = facts as { directory?: unknown };
  return typeof directory === 'string' ? directory : process.cwd();
}

async function inFiles(job: Job, pattern: string): Promise<FoundCore | null> {
  const { instance } = job.request;
  if (instance === null) return null;
  const usesPid = readSmall('/proc/sys/kernel/core_uses_pid')?.trim() === '1';
  const { isAbsolute, parts } = corePatternParts(pattern, usesPid, deadOf(job));
  for (const path of await matching(isAbsolute ? '/' : directoryOf(job), parts)) {
    const file = await open(path, fileFlags.O_RDONLY | fileFlags.O_NOFOLLOW | fileFlags.O_NONBLOCK).catch(() => null);
    if (file === null) continue;
    try {
      const stat = await file.stat();
      // An older process may have borne the same pid.
      if (!stat.isFile() || stat.mtimeMs < instance.startedAtMs - coarseMs) continue;
      const notes = await readCoreNotes(file);
      if (notes?.pid === instance.pid) return { path, executable: notes.executable, isOurs: false };
    } finally {
      await file.close();
    }
  }
  return null;
}

/** Files whose path the pattern may have given. Folders are not made by the kernel, so they are plain names nearly always. */
async function matching(folder: string, parts: readonly RegExp[]): Promise<string[]> {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  const names = (await readdir(folder).catch(() => [])).filter((name) => first.test(name)).slice(-candidatesBound);
  if (rest.length === 0) return names.map((name) => join(folder, name));
  const deeper = await Promise.all(names.map((name) => matching(join(folder, name), rest)));
  return deeper.flat();
}

async function fromPipe(job: Job, pattern: string): Promise<FoundCore | null> {
  if (wrote(job) === false) {
    if (isMissed(job))
      job.missing.push(
        `no core: the kernel says that it wrote none to ${pattern.slice(1).split(' ')[0]}; its limit (ulimit -c, RLIMIT_CORE) was too small, or the program had changed its user (fs.suid_dumpable)`,
      );
    return null;
  }
  if (!pattern.includes('systemd-coredump')) {
    job.missing.push(
      `no core: the kernel gives cores to ${pattern.slice(1).split(' ')[0]}, which keeps them its own way`,
    );
    return null;
  }
  const { pid, startedAtMs } = job.request.instance ?? { pid: 0, startedAtMs: 0 };
  const path = join(job.folder, 'core');
  const since = `@${Math.floor(startedAtMs / 1000)}`;
  // It is still being packed when the death is known already.
  for (let pauseMs = 50; ; pauseMs *= 2) {
    const command = ['coredumpctl', 'dump', '--quiet', `--since=${since}`, `--output=${path}`, String(pid)];
    const result = await runTool({ command, limitMs: job.leftMs() });
    if (result.kind === 'ended' && result.status === 0) {
      const file = await open(path, 'r');
      const notes = await readCoreNotes(file).finally(() => file.close());
      await chmodOwn(path);
      return { path, executable: notes?.executable ?? null, isOurs: true };
    }
    await rm(path, { force: true });
    if (result.kind !== 'ended' || job.leftMs() < pauseMs * 2) {
      const why =
        result.kind === 'missing'
          ? 'coredumpctl is not installed (Debian: systemd-coredump)'
          : result.kind === 'time-over'
            ? 'coredumpctl was not done in time'
            : `coredumpctl says: ${lastWords(result.output)}`;
      job.missing.push(`no core: ${why}`);
      return null;
    }
    await new Promise((resume) => setTimeout(resume, pauseMs));
  }
}

async function chmodOwn(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.chmod(0o600).finally(() => file.close());
}
