// Services as the service control manager keeps them: asked, started, stopped.
import { koffi } from '../load-koffi.ts';
import { checked, lastError, type Result } from './result.ts';
import { dependentService, serviceConfiguration, serviceStatus, serviceStatusProcess } from './service-structs.ts';
import { systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const openManager = advapi32.func('intptr_t __stdcall OpenSCManagerW(void *machine, void *database, uint32_t rights)');
const open = advapi32.func('intptr_t __stdcall OpenServiceW(intptr_t manager, str16 name, uint32_t rights)');
const close = advapi32.func('int __stdcall CloseServiceHandle(intptr_t handle)');
const queryStatus = advapi32.func(
  'int __stdcall QueryServiceStatusEx(intptr_t service, int level, void *buffer, uint32_t bytes, void *needed)',
);
const queryConfiguration = advapi32.func(
  'int __stdcall QueryServiceConfigW(intptr_t service, void *buffer, uint32_t bytes, void *needed)',
);
const start = advapi32.func('int __stdcall StartServiceW(intptr_t service, uint32_t count, void *words)');
const control = advapi32.func('int __stdcall ControlService(intptr_t service, uint32_t control, void *status)');
const enumDependents = advapi32.func(
  'int __stdcall EnumDependentServicesW(intptr_t service, uint32_t states, void *buffer, uint32_t bytes, void *needed, void *count)',
);

/** <winsvc.h>, rights to the manager. */
export const managerRight = { CONNECT: 0x0001, CREATE_SERVICE: 0x0002 } as const;

/** <winsvc.h>, rights to a service. */
export const serviceRight = {
  QUERY_CONFIG: 0x0001,
  CHANGE_CONFIG: 0x0002,
  QUERY_STATUS: 0x0004,
  ENUMERATE_DEPENDENTS: 0x0008,
  START: 0x0010,
  STOP: 0x0020,
  PAUSE_CONTINUE: 0x0040,
  DELETE: 0x0001_0000,
} as const;

/** <winsvc.h> dwCurrentState. */
export const serviceState = {
  STOPPED: 1,
  START_PENDING: 2,
  STOP_PENDING: 3,
  RUNNING: 4,
  CONTINUE_PENDING: 5,
  PAUSE_PENDING: 6,
  PAUSED: 7,
} as const;

/** <winsvc.h>, what a service is told. */
export const serviceControl = {
  STOP: 1,
  PAUSE: 2,
  CONTINUE: 3,
  INTERROGATE: 4,
  SHUTDOWN: 5,
  PRESHUTDOWN: 15,
} as const;

/** <winerror.h>, what services add to it. */
export const serviceError = {
  ERROR_SERVICE_REQUEST_TIMEOUT: 1053,
  ERROR_SERVICE_ALREADY_RUNNING: 1056,
  ERROR_SERVICE_DISABLED: 1058,
  ERROR_SERVICE_DOES_NOT_EXIST: 1060,
  ERROR_SERVICE_NOT_ACTIVE: 1062,
  ERROR_FAILED_SERVICE_CONTROLLER_CONNECT: 1063,
  ERROR_SERVICE_SPECIFIC_ERROR: 1066,
  ERROR_PROCESS_ABORTED: 1067,
  ERROR_SERVICE_DEPENDENCY_FAIL: 1068,
  ERROR_SERVICE_LOGON_FAILED: 1069,
  ERROR_SERVICE_MARKED_FOR_DELETE: 1072,
  ERROR_SERVICE_EXISTS: 1073,
  ERROR_SERVICE_NEVER_STARTED: 1077,
} as const;

const ERROR_MORE_DATA = 234;
const SC_STATUS_PROCESS_INFO = 0;
const SERVICE_ACTIVE = 1;

export interface ServiceStatus {
  /** One of `serviceState`. */
  readonly state: number;
  /** Its process; 0 where it has none. */
  readonly pid: number;
  /** Of <winerror.h>; with `serviceError.ERROR_SERVICE_SPECIFIC_ERROR` the other one is the service's own. */
  readonly exitCode: number;
  readonly specificExitCode: number;
  /** How long it says that a pending change may take. */
  readonly waitHintMs: number;
}

/** OpenSCManagerW, of this machine. A handle for `closeService`, or -error: ACCESS_DENIED. */
export function openServiceManager(rights: number): Result {
  return opened(openManager(null, null, rights) as number);
}

/** OpenServiceW. -error: SERVICE_DOES_NOT_EXIST · ACCESS_DENIED · INVALID_NAME. */
export function openService(manager: number, name: string, rights: number): Result {
  return opened(open(manager, name, rights) as number);
}

function opened(handle: number): Result {
  return handle === 0 ? lastError() : handle;
}

/** CloseServiceHandle, of a manager or a service. */
export function closeService(handle: number): void {
  close(handle);
}

const statusBuffer = Buffer.alloc(serviceStatusProcess.size);
const needed = Buffer.alloc(4);

/** QueryServiceStatusEx; -error: INVALID_HANDLE. Needs QUERY_STATUS. One that was removed while we hold it stands as stopped. */
export function queryService(service: number): ServiceStatus | Result {
  const result = checked(
    queryStatus(service, SC_STATUS_PROCESS_INFO, statusBuffer, statusBuffer.length, needed) as number,
  );
  if (result < 0) return result;
  const at = (offset: number): number => statusBuffer.readUInt32LE(offset);
  return {
    state: at(serviceStatusProcess.state),
    pid: at(serviceStatusProcess.pid),
    exitCode: at(serviceStatusProcess.exitCode),
    specificExitCode: at(serviceStatusProcess.specificExitCode),
    waitHintMs: at(serviceStatusProcess.waitHint),
  };
}

export interface ServiceConfiguration {
  readonly isDisabled: boolean;
  /** The program with its arguments, as the manager starts it. */
  readonly command: string;
  readonly account: string;
}

const SERVICE_DISABLED = 4;
/** The most that QueryServiceConfigW ever asks for. */
const configurationBytes = 8192;

/** QueryServiceConfigW; -error. Needs QUERY_CONFIG. */
export function queryServiceConfiguration(service: number): ServiceConfiguration | Result {
  const buffer = Buffer.alloc(configurationBytes);
  const result = checked(queryConfiguration(service, buffer, buffer.length, needed) as number);
  if (result < 0) return result;
  return {
    isDisabled: buffer.readUInt32LE(serviceConfiguration.startType) === SERVICE_DISABLED,
    command: textAt(buffer, serviceConfiguration.command),
    account: textAt(buffer, serviceConfiguration.account),
  };
}

/** A pointer in `buffer` to a text that stands further on in it. */
function textAt(buffer: Buffer, offset: number): string {
  const pointer = buffer.readBigUInt64LE(offset);
  const begin = Number(pointer - koffi.address(buffer));
  if (begin < 0 || begin >= buffer.length) return '';
  let end = begin;
  while (end + 1 < buffer.length && buffer.readUInt16LE(end) !== 0) end += 2;
  return buffer.toString('utf16le', begin, end);
}

/**
 * StartServiceW: starts those that it depends on too. Blocks until its process has reported, half a minute at most: never call it in an
 * engine. -error: SERVICE_ALREADY_RUNNING · SERVICE_DISABLED · SERVICE_REQUEST_TIMEOUT · SERVICE_LOGON_FAILED and others. Needs START.
 */
export function startService(service: number): Result {
  return checked(start(service, 0, null) as number);
}

const controlled = Buffer.alloc(serviceStatus.size);

/** ControlService, one of `serviceControl`. Blocks until it has answered, half a minute at most. -error: SERVICE_NOT_ACTIVE · DEPENDENT_SERVICES_RUNNING. */
export function controlService(service: number, code: number): Result {
  return checked(control(service, code, controlled) as number);
}

/** EnumDependentServicesW: the names of those running that need this one, in the order in which they have to be stopped; -error. */
export function dependentServices(service: number): readonly string[] | Result {
  const count = Buffer.alloc(4);
  let buffer = Buffer.alloc(64);
  for (;;) {
    const result = checked(enumDependents(service, SERVICE_ACTIVE, buffer, buffer.length, needed, count) as number);
    if (result === -ERROR_MORE_DATA && needed.readUInt32LE(0) > buffer.length)
      buffer = Buffer.alloc(needed.readUInt32LE(0));
    else if (result < 0) return result;
    else
      return Array.from({ length: count.readUInt32LE(0) }, (_, index) =>
        textAt(buffer, index * dependentService.size + dependentService.name),
      );
  }
}
