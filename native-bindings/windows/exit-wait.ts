// Any number of handles, waited for at once: the pool of the system needs one thread for many of them.
import { koffi } from '../load-koffi.ts';
import { checked, type Result } from './result.ts';
import { kernel32 } from './system-library.ts';

/** <winnt.h> */
const WT_EXECUTEONLYONCE = 0x8;
const INFINITE = 0xffff_ffff;

const callbackType = koffi.proto('void __stdcall WaitOrTimerCallback(intptr_t context, uint8_t isTimeout)');
const registerWait = kernel32.func(
  'int __stdcall RegisterWaitForSingleObject(void *wait, intptr_t handle, WaitOrTimerCallback *callback, intptr_t context, uint32_t ms, uint32_t flags)',
);
const unregisterWait = kernel32.func('int __stdcall UnregisterWait(intptr_t wait)');

/** Tells when processes end. Each report comes once, in a turn of the event loop of its own. */
export class ExitWaits {
  readonly #waits = new Map<number, { readonly wait: number; readonly ended: () => void }>();
  readonly #callback: bigint;
  #next = 1;

  constructor() {
    // Called on threads of the pool: koffi brings the call to the main one.
    this.#callback = koffi.register((context: number) => this.#fired(context), koffi.pointer(callbackType));
  }

  /**
   * RegisterWaitForSingleObject, <winbase.h>. The number of the wait for `remove`, or -error. The handle needs SYNCHRONIZE and must
   * stay open until the wait is removed or has reported.
   */
  add(handle: number, ended: () => void): Result {
    const id = this.#next++;
    const wait = Buffer.alloc(8);
    const result = checked(registerWait(wait, handle, this.#callback, id, INFINITE, WT_EXECUTEONLYONCE) as number);
    if (result < 0) return result;
    this.#waits.set(id, { wait: Number(wait.readBigInt64LE(0)), ended });
    return id;
  }

  /** Its report will not come, not even where it is under way. */
  remove(id: number): void {
    const known = this.#waits.get(id);
    if (known === undefined) return;
    this.#waits.delete(id);
    // ERROR_IO_PENDING, its callback is under way, is no failure: the callback will find nobody.
    unregisterWait(known.wait);
  }

  close(): void {
    for (const id of [...this.#waits.keys()]) this.remove(id);
    // The callback stays: one may be under way on a thread of the pool.
  }

  #fired(id: number): void {
    const known = this.#waits.get(id);
    if (known === undefined) return;
    this.remove(id);
    known.ended();
  }
}
