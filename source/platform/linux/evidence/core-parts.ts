import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DumpKind } from '../../../ports/evidence.ts';
import type { Job, Part } from '../../evidence/part.ts';
import { makeSureOfRoom } from '../../evidence/room-for-dump.ts';
import { statOf } from '../proc.ts';
import { coreOf, type FoundCore } from './core-of-dead.ts';
import { leftRunning } from './left-running.ts';
import { readSmall } from './proc-text.ts';
import { diedBySignal } from './stack-parts.ts';
import { hasTool, runTool } from './tool.ts';
import { lastWords } from './user-stack.ts';

const coreFile = 'core';

/** The words of Windows mean the same here. */
const wantsCore = (kinds: readonly DumpKind[]): boolean => kinds.some((kind) => kind !== 'stack');

export const livingCorePart: Part = {
  name: 'core',
  isHeavy: true,
  isWanted: ({ lives, kinds }) => lives && wantsCore(kinds),
  async take(job) {
    const { instance } = job.request;
    if (instance === null || statOf(instance) === null) throw new Error('it has ended meanwhile');
    if (!hasTool('gcore')) throw new Error('gcore is not installed (Debian: gdb)');
    const { pid } = instance;
    const residentKib = Number(/^VmRSS:\s+(\d+)/m.exec(readSmall(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
    await makeSureOfRoom(job, residentKib * 1024);
    const prefix = join(job.folder, 'core');
    const limitMs = job.leftMs();
    const result = await leftRunning(instance, () =>
      runTool({ command: ['gcore', '-o', prefix, String(pid)], limitMs }),
    );
    const made = `${prefix}.${pid}`;
    if (result.kind === 'ended' && result.status === 0) {
      await rename(made, join(job.folder, coreFile));
      const file = await open(join(job.folder, coreFile), 'r');
      await file.chmod(0o600).finally(() => file.close());
      return;
    }
    // Half a core is read by no debugger.
    await rm(made, { force: true });
    throw new Error(
      result.kind === 'time-over'
        ? `gcore was not done within ${Math.round(limitMs)} ms (the process holds ${Math.round(residentKib / 1024)} MiB)`
        : `gcore says: ${'output' in result ? lastWords(result.output) : 'nothing'}`,
    );
  },
};

/** Looked for before the stack is taken out of it; the system's own core goes into the folder where that is wanted. */
export const deadCorePart: Part = {
  name: 'core',
  isHeavy: true,
  isWanted: ({ lives, kinds, reason }) => !lives && wantsCore(kinds) && diedBySignal(reason),
  async take(job) {
    const core = await coreOf(job);
    if (core === null || core.isOurs) return;
    await bringHome(job, core);
  },
};

/**
 * Moves the core, or copies it with its holes to another disk. The folder is held open, so that it stays the same one, and what was
 * moved must be what was looked at: it may lie where another user can put something else in its place.
 */
async function bringHome(job: Job, core: FoundCore): Promise<void> {
  const noFollow = constants.O_RDONLY | constants.O_NOFOLLOW;
  const folder = await open(dirname(core.path), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const from = `/proc/self/fd/${folder.fd}/${basename(core.path)}`;
    const file = await open(from, noFollow | constants.O_NONBLOCK);
    try {
      await moveOrCopy(job, core, from, file);
    } finally {
      await file.close();
    }
  } finally {
    await folder.close();
  }
}

async function moveOrCopy(job: Job, core: FoundCore, from: string, file: FileHandle): Promise<void> {
  const to = join(job.folder, coreFile);
  const { ino, dev, blocks } = await file.stat();
  const isSame = async (path: string) => {
    const there = await lstat(path);
    return there.ino === ino && there.dev === dev;
  };
  const isMoved = await rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error;
      return false;
    },
  );
  if (isMoved) {
    if (!(await isSame(to))) {
      await rm(to, { recursive: true, force: true });
      throw new Error(`${core.path} was replaced by something else while it was looked at`);
    }
    await file.chmod(0o600);
    if (process.geteuid?.() === 0) await file.chown(0, 0);
  } else {
    await makeSureOfRoom(job, blocks * 512);
    const command = ['cp', '--sparse=always', `/proc/${process.pid}/fd/${file.fd}`, to];
    const result = await runTool({ command, limitMs: job.leftMs() });
    if (result.kind !== 'ended' || result.status !== 0) {
      await rm(to, { force: true });
      throw new Error(
        `${core.path} could not be copied: ${result.kind === 'ended' ? lastWords(result.output) : 'its time was over'}`,
      );
    }
    const copy = await open(to, constants.O_RDONLY | constants.O_NOFOLLOW);
    await copy.chmod(0o600).finally(() => copy.close());
    if (await isSame(from)) await unlink(from);
  }
  core.path = to;
  core.isOurs = true;
}
