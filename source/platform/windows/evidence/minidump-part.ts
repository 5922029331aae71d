import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { dumpType, writeMinidump } from '../../../../native-bindings/windows/minidump.ts';
import { closeHandle, processRight } from '../../../../native-bindings/windows/process-handle.ts';
import { listProcesses } from '../../../../native-bindings/windows/process-list.ts';
import type { DumpKind } from '../../../ports/evidence.ts';
import type { Job, Part } from '../../evidence/part.ts';
import { openInstance } from '../instances.ts';

/** The monitored need the disk too: so much of it stays free. */
const sparedBytes = 64 * 1024 * 1024;
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
    try {
      await makeSureOfRoom(job, type === 'mini' ? miniBytes : memoryOf(instance.pid));
      const path = join(job.folder, `${type}.dmp`);
      const result = await writeMinidump(opened.handle, instance.pid, path, dumpType[type]);
      if (result >= 0) return;
      // Half a dump is read by no debugger.
      await rm(path, { force: true });
      throw new Error('MiniDumpWriteDump failed');
    } finally {
      closeHandle(opened.handle);
    }
  },
};

function memoryOf(pid: number): number {
  return listProcesses().find((one) => one.pid === pid)?.memoryBytes ?? 0;
}

async function makeSureOfRoom(job: Job, bytes: number): Promise<void> {
  const mebibytes = (size: number) => `${Math.ceil(size / 1024 / 1024)} MiB`;
  const { maxTotalBytes } = job.request;
  if (bytes > maxTotalBytes)
    throw new Error(
      `it would take ${mebibytes(bytes)}, and all evidence together may take ${mebibytes(maxTotalBytes)}`,
    );
  const disk = await statfs(job.folder);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < bytes + sparedBytes)
    throw new Error(`it would take ${mebibytes(bytes)}, and the disk has ${mebibytes(freeBytes)} left`);
}
