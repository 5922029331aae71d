import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dumpType, writeMinidump } from '../../../../native-bindings/windows/minidump.ts';
import { closeHandle, processRight } from '../../../../native-bindings/windows/process-handle.ts';
import { listProcesses } from '../../../../native-bindings/windows/process-list.ts';
import type { DumpKind } from '../../../ports/evidence.ts';
import { takingPrefix } from '../../evidence/folder-name.ts';
import type { Part } from '../../evidence/part.ts';
import { makeSureOfRoom } from '../../evidence/room-for-dump.ts';
import { openInstance } from '../instances.ts';

/** Threads, stacks and modules of even a large program take less. */
const miniBytes = 32 * 1024 * 1024;

/** The word of Linux means the same here: all of its memory. */
export function typeOf(kinds: readonly DumpKind[]): keyof typeof dumpType | null {
  if (kinds.includes('full') || kinds.includes('core')) return 'full';
  return kinds.includes('mini') ? 'mini' : null;
}

/** Of the living, before anybody ends it: debuggers read it (WinDbg, Visual Studio). */
export const minidumpPart: Part = {
  name: 'minidump',
  isHeavy: true,
  isWanted: ({ lives, kinds }) => lives && typeOf(kinds) !== null,
  async take(job) {
    const { instance, kinds } = job.request;
    const type = typeOf(kinds);
    if (instance === null || type === null) return;
    const { QUERY_INFORMATION, VM_READ, DUP_HANDLE } = processRight;
    const opened = openInstance(instance, QUERY_INFORMATION | VM_READ | DUP_HANDLE);
    if (opened.kind === 'gone') throw new Error('it has ended meanwhile');
    if (opened.kind === 'failed')
      throw new Error(
        `Windows does not let the engine read its memory (error ${opened.error}); run the engine as an administrator`,
      );
    const { handle } = opened;
    try {
      await makeSureOfRoom(job, type === 'mini' ? miniBytes : memoryOf(instance.pid));
    } catch (error) {
      closeHandle(handle);
      throw error;
    }
    // Beside the folder: with an open file in it Windows would not let the folder have its name.
    const draft = join(dirname(job.folder), `${takingPrefix}${randomUUID()}.dmp`);
    const writing = writeMinidump(handle, instance.pid, draft, dumpType[type]).finally(() => closeHandle(handle));
    const limitMs = job.leftMs();
    const result = await firstOf(writing, limitMs);
    if (result === 0) return rename(draft, join(job.folder, `${type}.dmp`));
    // Half a dump is read by no debugger. One that is still being written goes when Windows lets go of it.
    void writing.then(() => rm(draft, { force: true })).catch(() => {});
    throw new Error(result === null ? `it was not done within ${Math.round(limitMs)} ms` : 'MiniDumpWriteDump failed');
  },
};

/** Null: the time was over first. The work itself cannot be called back. */
async function firstOf(work: Promise<number>, limitMs: number): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeOver = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([work, timeOver]);
  } finally {
    clearTimeout(timer);
  }
}

function memoryOf(pid: number): number {
  return listProcesses().find((one) => one.pid === pid)?.memoryBytes ?? 0;
}
