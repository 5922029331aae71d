import { closeHandle, openProcess, processRight } from './process-handle.ts';
import { kernel32 } from './system-library.ts';

const queryImage = kernel32.func(
  'int __stdcall QueryFullProcessImageNameW(intptr_t process, uint32_t flags, void *path, void *characters)',
);

const path = Buffer.alloc(64 * 1024);
const characters = Buffer.alloc(4);

/** QueryFullProcessImageNameW, <winbase.h>: the absolute path of the file that a process runs; null where we may not look, or it is gone. */
export function imagePath(pid: number): string | null {
  const process = openProcess(pid, processRight.QUERY_LIMITED_INFORMATION);
  if (process < 0) return null;
  characters.writeUInt32LE(path.length / 2, 0);
  const isRead = (queryImage(process, 0, path, characters) as number) !== 0;
  closeHandle(process);
  return isRead ? path.toString('utf16le', 0, characters.readUInt32LE(0) * 2) : null;
}
