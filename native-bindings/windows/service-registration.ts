// Makes and removes services.
import { koffi } from '../load-koffi.ts';
import { checked, lastError, type Result } from './result.ts';
import { failureAction, failureActions } from './service-structs.ts';
import { systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const create = advapi32.func(
  'intptr_t __stdcall CreateServiceW(intptr_t manager, str16 name, str16 shownName, uint32_t rights, uint32_t type, uint32_t startType, uint32_t errorControl, str16 command, void *group, void *tag, void *dependencies, str16 account, str16 password)',
);
const remove = advapi32.func('int __stdcall DeleteService(intptr_t service)');
const change = advapi32.func(
  'int __stdcall ChangeServiceConfig2W(intptr_t service, uint32_t level, void *information)',
);

/** <winnt.h> */
const SERVICE_WIN32_OWN_PROCESS = 0x10;
const SERVICE_AUTO_START = 2;
const SERVICE_ERROR_NORMAL = 1;
const SERVICE_ALL_ACCESS = 0x000f_01ff;

/** <winsvc.h>, what ChangeServiceConfig2W changes. */
const level = {
  DESCRIPTION: 1,
  FAILURE_ACTIONS: 2,
  DELAYED_AUTO_START_INFO: 3,
  PRESHUTDOWN_INFO: 7,
} as const;

const SC_ACTION_RESTART = 1;

export interface NewService {
  readonly name: string;
  /** As services.msc lists it. */
  readonly shownName: string;
  readonly description: string;
  /** The program with its arguments. */
  readonly command: string;
  /** It is started again so long after each of its first deaths, after all further ones as after the last; forgotten after a day without one. */
  readonly restartDelaysMs: readonly number[];
  /** How long Windows waits for it before it shuts down. */
  readonly preshutdownMs: number;
}

/**
 * CreateServiceW, as LocalSystem, started with Windows behind those that are needed first; ChangeServiceConfig2W for the rest.
 * -error: SERVICE_EXISTS · SERVICE_MARKED_FOR_DELETE · ACCESS_DENIED. What could not be set beside it undoes the whole.
 */
export function createService(manager: number, service: NewService, closeHandle: (handle: number) => void): Result {
  const handle = create(
    manager,
    service.name,
    service.shownName,
    SERVICE_ALL_ACCESS,
    SERVICE_WIN32_OWN_PROCESS,
    SERVICE_AUTO_START,
    SERVICE_ERROR_NORMAL,
    service.command,
    null,
    null,
    null,
    null,
    null,
  ) as number;
  if (handle === 0) return lastError();
  const results = [
    describe(handle, service.description),
    restartAfterFailure(handle, service.restartDelaysMs),
    setNumber(handle, level.DELAYED_AUTO_START_INFO, 1),
    setNumber(handle, level.PRESHUTDOWN_INFO, service.preshutdownMs),
  ];
  const failed = results.find((result) => result < 0);
  if (failed !== undefined) remove(handle);
  closeHandle(handle);
  return failed ?? 0;
}

function describe(service: number, text: string): Result {
  const words = Buffer.from(`${text}\0`, 'utf16le');
  const pointer = Buffer.alloc(8);
  pointer.writeBigUInt64LE(koffi.address(words));
  return checked(change(service, level.DESCRIPTION, pointer) as number);
}

function restartAfterFailure(service: number, delaysMs: readonly number[]): Result {
  const actions = Buffer.alloc(failureAction.size * delaysMs.length);
  for (const [index, delayMs] of delaysMs.entries()) {
    actions.writeUInt32LE(SC_ACTION_RESTART, index * failureAction.size + failureAction.kind);
    actions.writeUInt32LE(delayMs, index * failureAction.size + failureAction.delayMs);
  }
  const information = Buffer.alloc(failureActions.size);
  information.writeUInt32LE(24 * 60 * 60, failureActions.resetSeconds);
  information.writeUInt32LE(delaysMs.length, failureActions.count);
  information.writeBigUInt64LE(koffi.address(actions), failureActions.actions);
  return checked(change(service, level.FAILURE_ACTIONS, information) as number);
}

function setNumber(service: number, what: number, value: number): Result {
  const information = Buffer.alloc(4);
  information.writeUInt32LE(value);
  return checked(change(service, what, information) as number);
}

/** DeleteService. Gone when it has stopped and nobody holds a handle any more. -error: SERVICE_MARKED_FOR_DELETE. Needs DELETE. */
export function deleteService(service: number): Result {
  return checked(remove(service) as number);
}
