// This process as a service: the service control manager has started it, and tells it what to do.
import { koffi } from '../load-koffi.ts';
import { checked, lastError, type Result } from './result.ts';
import { serviceStatus, serviceTableEntry } from './service-structs.ts';
import { systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const mainType = koffi.proto('void __stdcall ServiceMain(uint32_t count, void *words)');
const handlerType = koffi.proto(
  'uint32_t __stdcall ServiceHandler(uint32_t control, uint32_t event, void *data, void *context)',
);
const dispatch = advapi32.func('int __stdcall StartServiceCtrlDispatcherW(void *table)');
const register = advapi32.func(
  'intptr_t __stdcall RegisterServiceCtrlHandlerExW(str16 name, ServiceHandler *handler, void *context)',
);
const setStatus = advapi32.func('int __stdcall SetServiceStatus(intptr_t status, void *information)');

/** <winnt.h> */
const SERVICE_WIN32_OWN_PROCESS = 0x10;
/** <winerror.h> */
const ERROR_CALL_NOT_IMPLEMENTED = 120;
const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

export interface OwnStatus {
  /** One of `serviceState`. */
  readonly state: number;
  /** SERVICE_ACCEPT_... of <winsvc.h>. */
  readonly controls: number;
  /** Our own exit status; 0 for an end in order. */
  readonly exitStatus: number;
  /** While it is under way to another state: how long that may take. */
  readonly waitHintMs: number;
}

export interface ServiceCalls {
  /** The manager waits for us to report; from now on `tell` reaches it. */
  readonly begun: (tell: (status: OwnStatus) => Result) => void;
  /** One of `serviceControl`; answers whether we know what it means. Must be quick: the manager waits. */
  readonly told: (control: number) => boolean;
}

/**
 * StartServiceCtrlDispatcherW. Resolves when we have reported that we have stopped, with 0; or at once with -error:
 * FAILED_SERVICE_CONTROLLER_CONNECT we were not started by the manager. It blocks a thread of the pool all that time.
 */
export function dispatchService(name: string, calls: ServiceCalls): Promise<Result> {
  const handler = koffi.register(
    (control: number) => (calls.told(control) ? 0 : ERROR_CALL_NOT_IMPLEMENTED),
    koffi.pointer(handlerType),
  );
  // The manager counts progress by this number.
  let checkpoint = 0;
  const main = koffi.register(() => {
    const service = register(name, handler, null) as number;
    calls.begun(({ state, controls, exitStatus, waitHintMs }) => {
      const status = Buffer.alloc(serviceStatus.size);
      const set = (offset: number, value: number): number => status.writeUInt32LE(value, offset);
      checkpoint = waitHintMs === 0 ? 0 : checkpoint + 1;
      set(serviceStatus.type, SERVICE_WIN32_OWN_PROCESS);
      set(serviceStatus.state, state);
      set(serviceStatus.controls, controls);
      set(serviceStatus.exitCode, exitStatus === 0 ? 0 : ERROR_SERVICE_SPECIFIC_ERROR);
      set(serviceStatus.specificExitCode, exitStatus);
      set(serviceStatus.checkpoint, checkpoint);
      set(serviceStatus.waitHint, waitHintMs);
      return checked(setStatus(service, status) as number);
    });
  }, koffi.pointer(mainType));
  const words = Buffer.from(`${name}\0`, 'utf16le');
  // A second entry of zeros ends the table.
  const table = Buffer.alloc(2 * serviceTableEntry.size);
  table.writeBigUInt64LE(koffi.address(words), serviceTableEntry.name);
  table.writeBigUInt64LE(BigInt(main), serviceTableEntry.main);
  return new Promise((resolve) => {
    dispatch.async(table, (_error: unknown, isDone: number) => {
      // Held until here, for the table points to them.
      void words.length;
      resolve(isDone === 0 ? lastError() : 0);
    });
  });
}
