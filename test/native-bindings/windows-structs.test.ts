// Every size and offset that native-bindings/windows assumes, against what the C compiler for Windows says. It runs on Linux.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as serviceStructs from '../../native-bindings/windows/service-structs.ts';
import * as processStructs from '../../native-bindings/windows/structs.ts';

const structs = { ...processStructs, ...serviceStructs };

interface InC {
  readonly type: string;
  readonly members: Readonly<Record<string, string>>;
}

/** The type in C, and its members by our names. What headers leave out is declared below. */
const inC: Record<keyof typeof structs, InC> = {
  processInformation: {
    type: 'struct process_information',
    members: {
      nextEntry: 'NextEntryOffset',
      threadCount: 'NumberOfThreads',
      createTime: 'CreateTime',
      userTime: 'UserTime',
      kernelTime: 'KernelTime',
      nameBytes: 'ImageName.Length',
      nameAddress: 'ImageName.Buffer',
      pid: 'UniqueProcessId',
      parent: 'InheritedFromUniqueProcessId',
      handleCount: 'HandleCount',
      session: 'SessionId',
      workingSet: 'WorkingSetSize',
      privatePages: 'PrivatePageCount',
    },
  },
  threadInformation: {
    type: 'struct thread_information',
    members: {
      kernelTime: 'KernelTime',
      userTime: 'UserTime',
      tid: 'UniqueThread',
      switches: 'ContextSwitches',
      state: 'ThreadState',
      waitReason: 'WaitReason',
    },
  },
  processBasicInformation: { type: 'PROCESS_BASIC_INFORMATION', members: { parameterBlock: 'PebBaseAddress' } },
  processBlock: { type: 'struct process_block', members: { parameters: 'ProcessParameters' } },
  processParameters: {
    type: 'struct process_parameters',
    members: {
      directory: 'CurrentDirectory',
      imagePath: 'ImagePathName',
      commandLine: 'CommandLine',
      environment: 'Environment',
      environmentBytes: 'EnvironmentSize',
    },
  },
  unicodeString: { type: 'UNICODE_STRING', members: { bytes: 'Length', address: 'Buffer' } },
  startupInformation: {
    type: 'STARTUPINFOEXW',
    members: {
      bytes: 'StartupInfo.cb',
      flags: 'StartupInfo.dwFlags',
      showWindow: 'StartupInfo.wShowWindow',
      input: 'StartupInfo.hStdInput',
      output: 'StartupInfo.hStdOutput',
      errors: 'StartupInfo.hStdError',
      attributes: 'lpAttributeList',
    },
  },
  startedInformation: {
    type: 'PROCESS_INFORMATION',
    members: { process: 'hProcess', thread: 'hThread', pid: 'dwProcessId' },
  },
  securityAttributes: {
    type: 'SECURITY_ATTRIBUTES',
    members: { bytes: 'nLength', descriptor: 'lpSecurityDescriptor', isInherited: 'bInheritHandle' },
  },
  overlapped: { type: 'OVERLAPPED', members: { event: 'hEvent' } },
  jobProcessIds: {
    type: 'JOBOBJECT_BASIC_PROCESS_ID_LIST',
    members: { assigned: 'NumberOfAssignedProcesses', listed: 'NumberOfProcessIdsInList', pids: 'ProcessIdList' },
  },
  serviceStatus: {
    type: 'SERVICE_STATUS',
    members: {
      type: 'dwServiceType',
      state: 'dwCurrentState',
      controls: 'dwControlsAccepted',
      exitCode: 'dwWin32ExitCode',
      specificExitCode: 'dwServiceSpecificExitCode',
      checkpoint: 'dwCheckPoint',
      waitHint: 'dwWaitHint',
    },
  },
  serviceStatusProcess: {
    type: 'SERVICE_STATUS_PROCESS',
    members: {
      state: 'dwCurrentState',
      exitCode: 'dwWin32ExitCode',
      specificExitCode: 'dwServiceSpecificExitCode',
      waitHint: 'dwWaitHint',
      pid: 'dwProcessId',
    },
  },
  dependentService: {
    type: 'ENUM_SERVICE_STATUSW',
    members: { name: 'lpServiceName', state: 'ServiceStatus.dwCurrentState' },
  },
  serviceConfiguration: {
    type: 'QUERY_SERVICE_CONFIGW',
    members: { startType: 'dwStartType', command: 'lpBinaryPathName', account: 'lpServiceStartName' },
  },
  serviceTableEntry: {
    type: 'SERVICE_TABLE_ENTRYW',
    members: { name: 'lpServiceName', main: 'lpServiceProc' },
  },
  failureActions: {
    type: 'SERVICE_FAILURE_ACTIONSW',
    members: { resetSeconds: 'dwResetPeriod', count: 'cActions', actions: 'lpsaActions' },
  },
  failureAction: { type: 'SC_ACTION', members: { kind: 'Type', delayMs: 'Delay' } },
};

/** As phnt (the headers of System Informer) has them; <winternl.h> calls most of these members reserved. */
const notInHeaders = `
struct thread_information {
  LARGE_INTEGER KernelTime, UserTime, CreateTime; ULONG WaitTime; PVOID StartAddress;
  HANDLE UniqueProcess, UniqueThread; LONG Priority, BasePriority; ULONG ContextSwitches, ThreadState, WaitReason;
};
struct process_information {
  ULONG NextEntryOffset, NumberOfThreads; LARGE_INTEGER WorkingSetPrivateSize; ULONG HardFaultCount, NumberOfThreadsHighWatermark;
  ULONGLONG CycleTime; LARGE_INTEGER CreateTime, UserTime, KernelTime; UNICODE_STRING ImageName; LONG BasePriority;
  HANDLE UniqueProcessId, InheritedFromUniqueProcessId; ULONG HandleCount, SessionId; ULONG_PTR UniqueProcessKey;
  SIZE_T PeakVirtualSize, VirtualSize; ULONG PageFaultCount;
  SIZE_T PeakWorkingSetSize, WorkingSetSize, QuotaPeakPagedPoolUsage, QuotaPagedPoolUsage, QuotaPeakNonPagedPoolUsage,
    QuotaNonPagedPoolUsage, PagefileUsage, PeakPagefileUsage, PrivatePageCount;
  LARGE_INTEGER ReadOperationCount, WriteOperationCount, OtherOperationCount, ReadTransferCount, WriteTransferCount, OtherTransferCount;
};
struct process_block { BYTE Flags[4]; HANDLE Mutant; PVOID ImageBaseAddress, Ldr, ProcessParameters; };
struct process_parameters {
  ULONG MaximumLength, Length, Flags, DebugFlags; HANDLE ConsoleHandle; ULONG ConsoleFlags;
  HANDLE StandardInput, StandardOutput, StandardError; UNICODE_STRING CurrentDirectory; HANDLE CurrentDirectoryHandle;
  UNICODE_STRING DllPath, ImagePathName, CommandLine; PVOID Environment;
  ULONG StartingX, StartingY, CountX, CountY, CountCharsX, CountCharsY, FillAttribute, WindowFlags, ShowWindowFlags;
  UNICODE_STRING WindowTitle, DesktopInfo, ShellInfo, RuntimeData;
  struct { USHORT Flags, Length; ULONG TimeStamp; UNICODE_STRING DosPath; } CurrentDirectories[32];
  ULONG_PTR EnvironmentSize, EnvironmentVersion;
};`;

/** Of two the room asked for is our own choice: their true size differs from one Windows to the next. */
const roomOnly = ['processParameters'];

const compiler = '/usr/bin/x86_64-w64-mingw32-gcc';

test('every struct has the size and the offsets that the C compiler for Windows gives it', ({ skip }) => {
  if (!existsSync(compiler))
    skip('no C compiler for Windows here (Debian: gcc-mingw-w64-x86-64): the layouts stay unchecked');
  const wanted = Object.entries(inC).flatMap(([name, { type, members }]) => [
    ...(roomOnly.includes(name) ? [] : [[`${name}.size`, `sizeof(${type})`]]),
    ...Object.entries(members).map(([ours, theirs]) => [`${name}.${ours}`, `offsetof(${type}, ${theirs})`]),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-structs-'));
  try {
    // Nothing of it is run: the numbers are read from the object file, in their order.
    const numbers = `const unsigned short numbers[] = { 0xbeef, ${wanted.map(([, text]) => text).join(', ')}, 0xbeef };`;
    const headers = '#include <windows.h>\n#include <winternl.h>\n#include <stddef.h>\n';
    writeFileSync(join(folder, 'structs.c'), `${headers}${notInHeaders}\n${numbers}\n`);
    execFileSync(compiler, ['-c', '-o', join(folder, 'structs.o'), join(folder, 'structs.c')]);
    const object = readFileSync(join(folder, 'structs.o'));
    const at = object.indexOf(Buffer.from([0xef, 0xbe])) + 2;
    const found = wanted.map(([name], index) => `${name} ${object.readUInt16LE(at + index * 2)}`);
    const ours = Object.entries(structs).flatMap(([name, struct]) =>
      Object.entries(struct)
        .filter(([member]) => !(member === 'size' && roomOnly.includes(name)))
        .map(([member, value]) => `${name}.${member} ${value}`),
    );
    expect(ours.toSorted()).toEqual(found.toSorted());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
