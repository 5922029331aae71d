import { lastError, type Result } from './result.ts';
import { kernel32, systemLibrary } from './system-library.ts';

/** <minidumpapiset.h> MINIDUMP_TYPE: what a mini dump holds beside threads, stacks and modules, and what a full one does. */
const WithHandleData = 0x0004;
const WithUnloadedModules = 0x0020;
const WithProcessThreadData = 0x0100;
const WithFullMemory = 0x0002;
const WithFullMemoryInfo = 0x0800;
const WithThreadInfo = 0x1000;

export const dumpType = {
  mini: WithHandleData | WithUnloadedModules | WithProcessThreadData | WithThreadInfo,
  full: WithFullMemory | WithHandleData | WithUnloadedModules | WithFullMemoryInfo | WithThreadInfo,
} as const;

const createFile = kernel32.func(
  'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
);
const closeHandle = kernel32.func('int __stdcall CloseHandle(intptr_t handle)');

const GENERIC_WRITE = 0x4000_0000;
const GENERIC_READ = 0x8000_0000;
const CREATE_NEW = 1;

/** Loaded when the first dump is taken: no engine that takes none pays for it. */
let writeDump: ReturnType<typeof kernel32.func> | null = null;

/**
 * MiniDumpWriteDump, <minidumpapiset.h>, into a new file. On a thread of the pool, since it takes a second or ten; the process is
 * held still meanwhile and runs on afterwards. Needs QUERY_INFORMATION, VM_READ and, for handles, DUP_HANDLE. It says why it
 * failed as an HRESULT, which is what stands here as -error.
 */
export function writeMinidump(process: number, pid: number, path: string, type: number): Promise<Result> {
  writeDump ??= systemLibrary('dbghelp.dll').func(
    'int __stdcall MiniDumpWriteDump(intptr_t process, uint32_t pid, intptr_t file, uint32_t type, void *exception, void *streams, void *callback)',
  );
  const write = writeDump;
  const file = createFile(path, GENERIC_READ + GENERIC_WRITE, 0, null, CREATE_NEW, 0x80, 0) as number;
  if (file === -1) return Promise.resolve(lastError());
  return new Promise((resolve) => {
    write.async(process, pid, file, type, null, null, null, (error: unknown, isWritten: number) => {
      // Whatever thread it ran on keeps its own last error, which this one cannot see.
      const result = error === null && isWritten !== 0 ? 0 : -1;
      closeHandle(file);
      resolve(result);
    });
  });
}
