import { koffi } from '../load-koffi.ts';
import { checked, libc, type Result } from './libc.ts';
import { closeDescriptor } from './pidfd.ts';
import { epollEvent } from './structs.ts';

const epollCreate = libc.func('int epoll_create1(int flags)');
const epollControl = libc.func('int epoll_ctl(int epfd, int operation, int fd, void *event)');
const epollWait = libc.func('int epoll_wait(int epfd, void *events, int count, int timeout)');

/** <sys/epoll.h> */
const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;
const EPOLLIN = 1;
const EPOLLHUP = 0x10;

const eventsAtOnce = 256;

/** What the kernel said of a descriptor: something to read (a pidfd: it has ended), or the end of it (a pidfd: its parent has waited for it). */
export interface KernelEvent {
  readonly isReadable: boolean;
  readonly isHungUp: boolean;
}

interface Registration {
  readonly sequence: number;
  readonly notify: (event: KernelEvent) => void;
}

/**
 * One epoll set for all pidfds and the notify socket, hung as a single descriptor into Node's own event loop.
 * So any number of processes costs no thread, no poll and no wake-up until one of them ends.
 */
export class KernelEvents {
  private readonly epoll: number;
  private readonly handle: ReturnType<typeof koffi.node.poll>;
  private readonly events = Buffer.alloc(eventsAtOnce * epollEvent.size);
  private readonly change = Buffer.alloc(epollEvent.size);
  private readonly registrations = new Map<number, Registration>();
  private sequence = 0;
  private isClosed = false;

  constructor() {
    this.epoll = checked(epollCreate(EPOLL_CLOEXEC));
    if (this.epoll < 0)
      throw new Error(`epoll_create1 failed (errno ${-this.epoll}): the engine cannot watch anything`);
    // koffi calls from outside of Node's own callbacks, where promises and ticks would lie until something else happens.
    // An immediate of the same turn of the event loop is a proper place, and no later.
    this.handle = koffi.node.poll(this.epoll, { readable: true }, () => setImmediate(() => this.drain()));
  }

  /**
   * epoll_ctl(2) ADD. `notify` is called while the descriptor is readable (so again and again until that changes), and when it hangs up.
   * EEXIST it is in already · ENOSPC the user's max_user_watches is reached · ENOMEM.
   */
  add(descriptor: number, notify: (event: KernelEvent) => void): Result {
    this.sequence = (this.sequence + 1) >>> 0;
    this.describe(EPOLLIN, descriptor, this.sequence);
    const result = checked(epollControl(this.epoll, EPOLL_CTL_ADD, descriptor, this.change));
    if (result >= 0) this.registrations.set(descriptor, { sequence: this.sequence, notify });
    return result;
  }

  /** From now on only the hang-up is told. */
  awaitHangUp(descriptor: number): void {
    const registration = this.registrations.get(descriptor);
    if (registration === undefined) return;
    this.describe(0, descriptor, registration.sequence);
    epollControl(this.epoll, EPOLL_CTL_MOD, descriptor, this.change);
  }

  /** To be called before the descriptor is closed. */
  remove(descriptor: number): void {
    if (this.registrations.delete(descriptor)) epollControl(this.epoll, EPOLL_CTL_DEL, descriptor, null);
  }

  /** An open set keeps the process alive, as a listening socket does. */
  close(): void {
    this.isClosed = true;
    this.handle.close();
    this.registrations.clear();
    closeDescriptor(this.epoll);
  }

  private describe(events: number, descriptor: number, sequence: number): void {
    this.change.writeUInt32LE(events, epollEvent.events);
    this.change.writeUInt32LE(descriptor, epollEvent.data);
    this.change.writeUInt32LE(sequence, epollEvent.data + 4);
  }

  private drain(): void {
    if (this.isClosed) return;
    // Copied out first: what is called may register and remove descriptors.
    const count = checked(epollWait(this.epoll, this.events, eventsAtOnce, 0));
    const batch: { descriptor: number; sequence: number; events: number }[] = [];
    for (let at = 0; at < count * epollEvent.size; at += epollEvent.size) {
      batch.push({
        events: this.events.readUInt32LE(at + epollEvent.events),
        descriptor: this.events.readUInt32LE(at + epollEvent.data),
        sequence: this.events.readUInt32LE(at + epollEvent.data + 4),
      });
    }
    for (const { descriptor, sequence, events } of batch) {
      // A descriptor closed in this batch may be open again under the same number and mean something else: the sequence tells.
      const registration = this.registrations.get(descriptor);
      if (registration?.sequence !== sequence) continue;
      registration.notify({ isReadable: (events & EPOLLIN) !== 0, isHungUp: (events & EPOLLHUP) !== 0 });
    }
  }
}
