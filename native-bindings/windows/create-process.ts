// Starts a program that outlives us, with its output in a file and with none of our handles.
import { koffi } from '../load-koffi.ts';
import { closeHandle } from './process-handle.ts';
import { checked, errorCode, lastError, type Result } from './result.ts';
import { securityAttributes, startedInformation, startupInformation } from './structs.ts';
import { kernel32 } from './system-library.ts';

/** <winbase.h> */
const CREATE_SUSPENDED = 0x0000_0004;
const CREATE_UNICODE_ENVIRONMENT = 0x0000_0400;
const EXTENDED_STARTUPINFO_PRESENT = 0x0008_0000;
const CREATE_BREAKAWAY_FROM_JOB = 0x0100_0000;
const CREATE_NO_WINDOW = 0x0800_0000;
const STARTF_USESHOWWINDOW = 0x1;
const STARTF_USESTDHANDLES = 0x100;
const SW_SHOWNORMAL = 1;
const PROC_THREAD_ATTRIBUTE_HANDLE_LIST = 0x0002_0002;

/** <winbase.h>, by what `nice` says of it: the nearest that Windows has. */
export const priorityClass = {
  idle: 0x40,
  belowNormal: 0x4000,
  normal: 0x20,
  aboveNormal: 0x8000,
  high: 0x80,
} as const;

export interface ProcessOrder {
  /** Absolute path of the program's file. */
  readonly file: string;
  readonly commandLine: string;
  /** NAME=value, each without a zero. */
  readonly environment: readonly string[];
  /** Absolute. Null: ours. */
  readonly directory: string | null;
  /** Handles from `openAppended`, or a pipe's. */
  readonly output: number;
  readonly errors: number;
  /** From `openNothing`. */
  readonly input: number;
  /** Null: ours. */
  readonly priority: number | null;
}

export interface CreatedProcess {
  readonly pid: number;
  /** With all rights; to be closed. */
  readonly process: number;
  /** Its only thread, which waits to be resumed; to be closed by `resume`. */
  readonly thread: number;
}

const createProcess = kernel32.func(
  'int __stdcall CreateProcessW(str16 file, void *line, void *processSecurity, void *threadSecurity, int isInheriting, uint32_t flags, void *environment, str16 directory, void *startup, void *started)',
);
const initialiseList = kernel32.func(
  'int __stdcall InitializeProcThreadAttributeList(void *list, uint32_t count, uint32_t flags, void *bytes)',
);
const updateList = kernel32.func(
  'int __stdcall UpdateProcThreadAttribute(void *list, uint32_t flags, uintptr_t attribute, void *value, size_t bytes, void *before, void *returned)',
);
const deleteList = kernel32.func('void __stdcall DeleteProcThreadAttributeList(void *list)');
const resumeThread = kernel32.func('uint32_t __stdcall ResumeThread(intptr_t thread)');
const createFile = kernel32.func(
  'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
);

/** What a call knows by its address only, so that nobody collects it meanwhile. */
const held = new Set<Buffer>();

/** <winnt.h>, <fileapi.h> */
const FILE_APPEND_DATA = 0x0004;
const FILE_READ_ATTRIBUTES = 0x0080;
const SYNCHRONIZE = 0x0010_0000;
const GENERIC_READ = 0x8000_0000;
const FILE_SHARE_ALL = 0x7;
const OPEN_ALWAYS = 4;
const OPEN_EXISTING = 3;
const INVALID_HANDLE = -1;

function inherited(): Buffer {
  const security = Buffer.alloc(securityAttributes.size);
  security.writeUInt32LE(securityAttributes.size, securityAttributes.bytes);
  security.writeUInt32LE(1, securityAttributes.isInherited);
  return security;
}

/**
 * CreateFileW, <fileapi.h>: a file that a child can inherit and appends to, wherever its end is. Others may read, cut and delete it
 * meanwhile, so that it can be rotated. -error: PATH_NOT_FOUND no such folder · ACCESS_DENIED · SHARING_VIOLATION somebody has it alone.
 */
export function openAppended(path: string): Result {
  const access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
  const handle = createFile(path, access, FILE_SHARE_ALL, inherited(), OPEN_ALWAYS, 0x80, 0) as number;
  return handle === INVALID_HANDLE ? lastError() : handle;
}

/** The same of NUL, from which a child reads nothing. */
export function openNothing(): Result {
  const handle = createFile('NUL', GENERIC_READ, FILE_SHARE_ALL, inherited(), OPEN_EXISTING, 0, 0) as number;
  return handle === INVALID_HANDLE ? lastError() : handle;
}

/**
 * CreateProcessW, <processthreadsapi.h>: suspended, in a console of its own that nobody sees, so that it can be sent Ctrl-C by itself.
 * -error: FILE_NOT_FOUND, PATH_NOT_FOUND · DIRECTORY the folder · ACCESS_DENIED · BAD_EXE_FORMAT no program of this machine ·
 * ELEVATION_REQUIRED · FILENAME_EXCED_RANGE the line is longer than 32,767 characters.
 */
export function createSuspended(order: ProcessOrder): CreatedProcess | Result {
  const handles = [...new Set([order.input, order.output, order.errors])];
  const list = attributeList(handles);
  if (typeof list === 'number') return list;
  const startup = Buffer.alloc(startupInformation.size);
  startup.writeUInt32LE(startupInformation.size, startupInformation.bytes);
  startup.writeUInt32LE(STARTF_USESTDHANDLES | STARTF_USESHOWWINDOW, startupInformation.flags);
  startup.writeUInt16LE(SW_SHOWNORMAL, startupInformation.showWindow);
  startup.writeBigInt64LE(BigInt(order.input), startupInformation.input);
  startup.writeBigInt64LE(BigInt(order.output), startupInformation.output);
  startup.writeBigInt64LE(BigInt(order.errors), startupInformation.errors);
  startup.writeBigUInt64LE(koffi.address(list.list), startupInformation.attributes);
  const flags =
    CREATE_SUSPENDED |
    CREATE_UNICODE_ENVIRONMENT |
    EXTENDED_STARTUPINFO_PRESENT |
    CREATE_NO_WINDOW |
    (order.priority ?? 0);
  const started = Buffer.alloc(startedInformation.size);
  const environment = Buffer.from(`${order.environment.join('\0')}\0\0`, 'utf16le');
  const create = (more: number): Result => {
    // Written to by the call, so that each has a line of its own.
    const line = Buffer.from(`${order.commandLine}\0`, 'utf16le');
    const { file, directory } = order;
    return checked(
      createProcess(file, line, null, null, 1, flags | more, environment, directory, startup, started) as number,
    );
  };
  held.add(list.list).add(list.value);
  // Whoever started us may have put us into a job that ends with his session, and all of ours with it.
  const apart = create(CREATE_BREAKAWAY_FROM_JOB);
  const result = apart === -errorCode.ERROR_ACCESS_DENIED ? create(0) : apart;
  deleteList(list.list);
  held.clear();
  if (result < 0) return result;
  return {
    pid: started.readUInt32LE(startedInformation.pid),
    process: Number(started.readBigInt64LE(startedInformation.process)),
    thread: Number(started.readBigInt64LE(startedInformation.thread)),
  };
}

/** ResumeThread, <processthreadsapi.h>, and the thread's handle is closed. */
export function resume({ thread }: CreatedProcess): void {
  resumeThread(thread);
  closeHandle(thread);
}

/** Only these are inherited: whatever else of ours could be (what our own starter gave us) stays ours. */
function attributeList(handles: readonly number[]): { readonly list: Buffer; readonly value: Buffer } | Result {
  const bytes = Buffer.alloc(8);
  // Fails, and says how much room is needed.
  initialiseList(null, 1, 0, bytes);
  const list = Buffer.alloc(Number(bytes.readBigUInt64LE(0)));
  const made = checked(initialiseList(list, 1, 0, bytes) as number);
  if (made < 0) return made;
  // Looked at by CreateProcessW only, so that it must live until then.
  const value = Buffer.alloc(handles.length * 8);
  handles.forEach((handle, index) => {
    value.writeBigInt64LE(BigInt(handle), index * 8);
  });
  const result = checked(
    updateList(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, value, value.length, null, null) as number,
  );
  return result < 0 ? result : { list, value };
}
