// What a process was started with, read from its own memory: there is no other place that holds its environment and its folder.
import { isSuccess, ntdll } from './nt-library.ts';
import { closeHandle, openProcess, processRight } from './process-handle.ts';
import { checked, errorCode, type Result } from './result.ts';
import {
  processBasicInformation as basic,
  processBlock as block,
  processParameters as parameters,
  unicodeString,
} from './structs.ts';
import { kernel32 } from './system-library.ts';

const queryProcess = ntdll.func(
  'int32_t __stdcall NtQueryInformationProcess(intptr_t process, int class, void *buffer, uint32_t bytes, void *needed)',
);
const readMemory = kernel32.func(
  'int __stdcall ReadProcessMemory(intptr_t process, uintptr_t address, void *buffer, size_t bytes, void *read)',
);

/** <winternl.h> */
const ProcessBasicInformation = 0;

/** More of a command line than Windows allows, and of an environment than anybody has, is not read. */
const longestBytes = 256 * 1024;

export interface StartWords {
  readonly commandLine: string;
  readonly directory: string;
}

/** -error: ACCESS_DENIED another user's · PARTIAL_COPY it is about to end, or to begin · INVALID_PARAMETER gone. */
export function readStartWords(pid: number): StartWords | Result {
  return withParameters(pid, (process, at) => {
    const commandLine = readText(process, at + BigInt(parameters.commandLine));
    const directory = readText(process, at + BigInt(parameters.directory));
    if (commandLine === null || directory === null) return -errorCode.ERROR_PARTIAL_COPY;
    return { commandLine, directory };
  });
}

/** Its variables as they are now, by name as written; -error as above. Those of drives (`=C:`) are left out. */
export function readEnvironment(pid: number): Readonly<Record<string, string>> | Result {
  return withParameters(pid, (process, at) => {
    const pointer = read(process, at + BigInt(parameters.environment), 8);
    const size = read(process, at + BigInt(parameters.environmentBytes), 8);
    if (pointer === null || size === null) return -errorCode.ERROR_PARTIAL_COPY;
    const bytes = Math.min(Number(size.readBigUInt64LE(0)), longestBytes);
    const text = read(process, pointer.readBigUInt64LE(0), bytes)?.toString('utf16le');
    return text === undefined ? -errorCode.ERROR_PARTIAL_COPY : variablesOf(text);
  });
}

function variablesOf(text: string): Record<string, string> {
  const end = text.indexOf('\0\0');
  const entries = text.slice(0, end < 0 ? undefined : end).split('\0');
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=', 1);
      return at <= 0 || entry.startsWith('=') ? [] : [[entry.slice(0, at), entry.slice(at + 1)]];
    }),
  );
}

function withParameters<Value>(pid: number, work: (process: number, at: bigint) => Value | Result): Value | Result {
  const process = openProcess(pid, processRight.QUERY_LIMITED_INFORMATION | processRight.VM_READ);
  if (process < 0) return process;
  try {
    const information = Buffer.alloc(basic.size);
    const status = queryProcess(process, ProcessBasicInformation, information, basic.size, Buffer.alloc(4)) as number;
    if (!isSuccess(status)) return -errorCode.ERROR_GEN_FAILURE;
    const at = information.readBigUInt64LE(basic.parameterBlock);
    // The system's own processes have none.
    const pointer = at === 0n ? null : read(process, at + BigInt(block.parameters), 8);
    if (pointer === null) return -errorCode.ERROR_PARTIAL_COPY;
    return work(process, pointer.readBigUInt64LE(0));
  } finally {
    closeHandle(process);
  }
}

function readText(process: number, at: bigint): string | null {
  const string = read(process, at, unicodeString.size);
  if (string === null) return null;
  const bytes = string.readUInt16LE(unicodeString.bytes);
  return bytes === 0
    ? ''
    : (read(process, string.readBigUInt64LE(unicodeString.address), bytes)?.toString('utf16le') ?? null);
}

/** ReadProcessMemory, <memoryapi.h>. */
function read(process: number, address: bigint, bytes: number): Buffer | null {
  const buffer = Buffer.alloc(bytes);
  return checked(readMemory(process, address, buffer, bytes, Buffer.alloc(8)) as number) < 0 ? null : buffer;
}
