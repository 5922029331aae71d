import { closeHandle } from '../../../native-bindings/windows/process-handle.ts';
import type { Instance } from '../../ports/instance.ts';
import { keyOf } from './instances.ts';

/** Between the start of a child and its watching there is a turn of the event loop; nobody should leave a handle here for longer. */
const bound = 5_000;

/**
 * The handles of children that nobody watches yet: as long as one is open a child that has ended keeps its exit code, and its pid
 * means nobody else.
 */
export class ChildHandles {
  readonly #handles = new Map<string, number>();

  keep(instance: Instance, handle: number): void {
    this.#handles.set(keyOf(instance), handle);
    const [oldest] = this.#handles.keys();
    if (this.#handles.size > bound && oldest !== undefined) this.#close(oldest);
  }

  /** Null: not a child that was started just now. The handle is the caller's from here on. */
  take(instance: Instance): number | null {
    const handle = this.#handles.get(keyOf(instance)) ?? null;
    this.#handles.delete(keyOf(instance));
    return handle;
  }

  close(): void {
    for (const key of [...this.#handles.keys()]) this.#close(key);
  }

  #close(key: string): void {
    const handle = this.#handles.get(key);
    this.#handles.delete(key);
    if (handle !== undefined) closeHandle(handle);
  }
}
