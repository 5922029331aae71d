import { checked, lastError, type Result } from './result.ts';
import { kernel32 } from './system-library.ts';

const createFile = kernel32.func(
  'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
);

/** <winnt.h>, <fileapi.h> */
const GENERIC_WRITE = 0x4000_0000;
const FILE_SHARE_READ = 1;
const OPEN_ALWAYS = 4;
const FILE_ATTRIBUTE_NORMAL = 0x80;

/**
 * CreateFileW, <fileapi.h>, for writing, while others may only read: a lock for as long as the handle is open, which ends with this
 * process however it ends. No child inherits it. -SHARING_VIOLATION somebody holds it.
 */
export function holdFile(path: string): Result {
  const handle = createFile(
    path,
    GENERIC_WRITE,
    FILE_SHARE_READ,
    null,
    OPEN_ALWAYS,
    FILE_ATTRIBUTE_NORMAL,
    0,
  ) as number;
  return handle === -1 ? lastError() : handle;
}

const writeFile = kernel32.func(
  'int __stdcall WriteFile(intptr_t file, void *bytes, uint32_t count, void *written, void *overlapped)',
);
const setEnd = kernel32.func('int __stdcall SetEndOfFile(intptr_t file)');

/** WriteFile and SetEndOfFile, <fileapi.h>, on a file that was just opened: this text, and nothing behind it. */
export function writeText(handle: number, text: string): Result {
  const bytes = Buffer.from(text);
  const result = checked(writeFile(handle, bytes, bytes.length, Buffer.alloc(4), null) as number);
  return result < 0 ? result : checked(setEnd(handle) as number);
}
