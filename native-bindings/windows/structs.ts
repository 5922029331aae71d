// Layouts of the structs that cross into Windows, on 64 bits (x64 and arm64 agree in all of them).
// This file loads no library; a test compares every number with what a C compiler says.

/** <winternl.h> SYSTEM_PROCESS_INFORMATION as every 64-bit Windows since Vista fills it; the threads follow at `size`. */
export const processInformation = {
  size: 0x100,
  nextEntry: 0x00,
  threadCount: 0x04,
  createTime: 0x20,
  userTime: 0x28,
  kernelTime: 0x30,
  nameBytes: 0x38,
  nameAddress: 0x40,
  pid: 0x50,
  parent: 0x58,
  handleCount: 0x60,
  session: 0x64,
  workingSet: 0x90,
  privatePages: 0xc8,
} as const;

/** <winternl.h> SYSTEM_THREAD_INFORMATION. */
export const threadInformation = {
  size: 0x50,
  kernelTime: 0x00,
  userTime: 0x08,
  tid: 0x30,
  switches: 0x40,
  state: 0x44,
  waitReason: 0x48,
} as const;

/** <winternl.h> PROCESS_BASIC_INFORMATION. */
export const processBasicInformation = { size: 48, parameterBlock: 8 } as const;

/** <winternl.h> PEB, its beginning. */
export const processBlock = { size: 0x28, parameters: 0x20 } as const;

/** RTL_USER_PROCESS_PARAMETERS, its part that has not changed since Vista; each text is a UNICODE_STRING. */
export const processParameters = {
  size: 0x400,
  directory: 0x38,
  imagePath: 0x60,
  commandLine: 0x70,
  environment: 0x80,
  environmentBytes: 0x3f0,
} as const;

/** <winternl.h> UNICODE_STRING: the length is in bytes. */
export const unicodeString = { size: 16, bytes: 0, address: 8 } as const;

/** <processthreadsapi.h> STARTUPINFOEXW. */
export const startupInformation = {
  size: 112,
  bytes: 0,
  flags: 60,
  showWindow: 64,
  input: 80,
  output: 88,
  errors: 96,
  attributes: 104,
} as const;

/** <processthreadsapi.h> PROCESS_INFORMATION. */
export const startedInformation = { size: 24, process: 0, thread: 8, pid: 16 } as const;

/** <minwinbase.h> SECURITY_ATTRIBUTES. */
export const securityAttributes = { size: 24, bytes: 0, descriptor: 8, isInherited: 16 } as const;

/** <minwinbase.h> OVERLAPPED. */
export const overlapped = { size: 32, event: 24 } as const;

/** <winnt.h> JOBOBJECT_BASIC_PROCESS_ID_LIST: the numbers follow at `pids`. */
export const jobProcessIds = { size: 16, assigned: 0, listed: 4, pids: 8 } as const;
