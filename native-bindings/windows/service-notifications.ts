// The service control manager tells when a service changes.
import { koffi } from '../load-koffi.ts';
import type { Result } from './result.ts';
import { kernel32, systemLibrary } from './system-library.ts';

/** <winsvc.h> */
const SC_EVENT_STATUS_CHANGE = 2;
const SERVICE_NOTIFY_DELETE_PENDING = 0x200;

const moduleHandle = kernel32.func('intptr_t __stdcall GetModuleHandleW(str16 name)');
const procedure = kernel32.func('void *__stdcall GetProcAddress(intptr_t module, str name)');

/** Wine answers for functions that it does not have, and ends the process that calls them. */
function isWine(): boolean {
  return procedure(moduleHandle('ntdll.dll'), 'wine_get_version') !== null;
}

type Changed = (change: { readonly isBeingDeleted: boolean }) => void;

/**
 * SubscribeServiceChangeNotifications, <winsvc.h>, since Windows 8. The older NotifyServiceStatusChangeW reports only to a thread that
 * waits in a way that no thread of Node ever does.
 */
export class ServiceNotifications {
  readonly #subscribe: (...words: unknown[]) => unknown;
  readonly #unsubscribe: { async: (...words: unknown[]) => unknown };
  readonly #callback: bigint;
  readonly #subscriptions = new Map<number, { readonly registration: bigint; readonly changed: Changed }>();
  #next = 1;

  private constructor() {
    const sechost = systemLibrary('sechost.dll');
    const type = koffi.proto('void __stdcall ServiceNotificationCallback(uint32_t change, intptr_t context)');
    this.#subscribe = sechost.func(
      'uint32_t __stdcall SubscribeServiceChangeNotifications(intptr_t service, int event, ServiceNotificationCallback *callback, intptr_t context, void *registration)',
    );
    this.#unsubscribe = sechost.func('void __stdcall UnsubscribeServiceChangeNotifications(intptr_t registration)');
    // Called on threads of the system: koffi brings the call to the main one.
    this.#callback = koffi.register(
      (change: number, context: number) =>
        this.#subscriptions.get(context)?.changed({ isBeingDeleted: (change & SERVICE_NOTIFY_DELETE_PENDING) !== 0 }),
      koffi.pointer(type),
    );
  }

  /** Null where there is no such thing: then services have to be asked. */
  static open(): ServiceNotifications | null {
    return isWine() ? null : new ServiceNotifications();
  }

  /** The number of the subscription for `remove`, or -error. The service's handle must stay open until then. Needs QUERY_STATUS. */
  add(service: number, changed: Changed): Result {
    const registration = Buffer.alloc(8);
    const id = this.#next++;
    const error = this.#subscribe(service, SC_EVENT_STATUS_CHANGE, this.#callback, id, registration) as number;
    if (error !== 0) return -error;
    this.#subscriptions.set(id, { registration: registration.readBigUInt64LE(0), changed });
    return id;
  }

  /** Nothing more is reported. `removed`: the handle is no longer needed. */
  remove(id: number, removed: () => void): void {
    const known = this.#subscriptions.get(id);
    if (known === undefined) return;
    this.#subscriptions.delete(id);
    // Waits for a report that is under way, and that waits for this thread: so it is another one that waits.
    this.#unsubscribe.async(known.registration, removed);
  }
}
