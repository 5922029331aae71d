import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { closeDescriptor } from '../../../native-bindings/linux/pidfd.ts';
import { bindDatagramSocket, type Datagram, DatagramReceiver } from '../../../native-bindings/linux/unix-socket.ts';
import { makeFolder } from '../folder.ts';

/** Messages taken before the event loop gets its turn; the rest wait in the kernel's queue, which is bounded (net.unix.max_dgram_qlen). */
const messagesPerTurn = 64;
/** After a full turn nothing is taken for so long: whoever floods the socket waits in his own send(2), and cannot have all of our time. */
const restMs = 4;
/** Taken at once when somebody wants all that waits: more than most systems let wait. */
const drainBound = 1024;

/** The socket that children know as NOTIFY_SOCKET: hands over each message with its sender. */
export class NotifySocket {
  readonly path: string;
  /** Why there is none, for the operator; then nothing that is `ready: notify` becomes ready. */
  readonly problem: string | null;
  private readonly events: KernelEvents;
  private readonly receiver = new DatagramReceiver();
  private readonly receive: (message: Datagram) => void;
  private descriptor = -1;
  private rest: NodeJS.Timeout | null = null;

  constructor(path: string, events: KernelEvents, receive: (message: Datagram) => void) {
    this.path = path;
    this.events = events;
    this.receive = receive;
    this.problem = this.open();
  }

  /** Takes at once what waits. */
  drain(): void {
    this.take(drainBound);
  }

  close(): void {
    if (this.descriptor < 0) return;
    if (this.rest !== null) clearTimeout(this.rest);
    this.events.remove(this.descriptor);
    closeDescriptor(this.descriptor);
    this.descriptor = -1;
    // The path stays: children of this engine go on knowing it, and the next engine binds it anew.
  }

  private open(): string | null {
    try {
      // Children may run as other users: they must be able to reach the socket, but not to list what lies beside it.
      makeFolder(dirname(this.path), 0o711);
      removeStale(this.path);
    } catch (error) {
      return `The notify socket ${this.path} cannot be made: ${(error as Error).message}.`;
    }
    const bound = bindDatagramSocket(this.path);
    if (bound < 0) {
      const [code, message] = getSystemErrorMap().get(bound) ?? [`errno ${-bound}`, ''];
      return `The notify socket ${this.path} cannot be made: ${code}, ${message}.${code === 'ENAMETOOLONG' ? ' A socket path has at most 107 bytes.' : ''}`;
    }
    // Whoever may reach it may write; who wrote is known from the kernel.
    chmodSync(this.path, 0o666);
    this.descriptor = bound;
    this.listen();
    return null;
  }

  private listen(): void {
    this.rest = null;
    this.events.add(this.descriptor, () => {
      if (this.take(messagesPerTurn) < messagesPerTurn || this.descriptor < 0) return;
      this.events.remove(this.descriptor);
      this.rest = setTimeout(() => this.listen(), restMs);
    });
  }

  /** How many there were. */
  private take(bound: number): number {
    let taken = 0;
    for (; taken < bound && this.descriptor >= 0; taken++) {
      const message = this.receiver.receive(this.descriptor);
      if (typeof message === 'number') break;
      this.receive(message);
    }
    return taken;
  }
}

/** An earlier engine's; the lock of the instance says that it is nobody's now. Anything but a socket is left alone. */
function removeStale(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) unlinkSync(path);
}
