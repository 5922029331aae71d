import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { closeDescriptor } from '../../../native-bindings/linux/pidfd.ts';
import { bindDatagramSocket, type Credentials, DatagramReceiver } from '../../../native-bindings/linux/unix-socket.ts';
import { makeFolder } from '../folder.ts';

/** Messages taken before the event loop gets its turn; the rest wait in the kernel's queue, which is bounded. */
const messagesPerTurn = 64;

/** The socket that children know as NOTIFY_SOCKET; the protocol is that of sd_notify(3). */
export class NotifySocket {
  readonly path: string;
  /** Why there is none, for the operator; then nothing that is `ready: notify` becomes ready. */
  readonly problem: string | null;
  private readonly events: KernelEvents;
  private readonly receiver = new DatagramReceiver();
  private readonly receive: (sender: Credentials, fields: ReadonlyMap<string, string>) => void;
  private descriptor = -1;

  constructor(
    path: string,
    events: KernelEvents,
    receive: (sender: Credentials, fields: ReadonlyMap<string, string>) => void,
  ) {
    this.path = path;
    this.events = events;
    this.receive = receive;
    this.problem = this.open();
  }

  close(): void {
    if (this.descriptor < 0) return;
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
    this.events.add(bound, () => this.drain());
    return null;
  }

  private drain(): void {
    for (let taken = 0; taken < messagesPerTurn; taken++) {
      const message = this.receiver.receive(this.descriptor);
      if (typeof message === 'number') return;
      this.receive(message.sender, parseFields(message.text));
    }
  }
}

/** An earlier engine's; the lock of the instance says that it is nobody's now. Anything but a socket is left alone. */
function removeStale(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) unlinkSync(path);
}

/** Lines of NAME=value; others are ignored, as sd_notify(3) asks. */
function parseFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1));
  }
  return fields;
}
