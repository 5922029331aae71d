// A named pipe with an access list, whose clients are known: Node's own pipes tell neither.
import { koffi } from '../load-koffi.ts';
import type { ExitWaits } from './exit-wait.ts';
import { closeHandle } from './process-handle.ts';
import { checked, errorCode, lastError, type Result } from './result.ts';
import { descriptorOf } from './security-text.ts';
import { overlapped as layout, securityAttributes } from './structs.ts';
import { kernel32 } from './system-library.ts';

/** <namedpipeapi.h>, <winbase.h> */
const PIPE_ACCESS_DUPLEX = 0x3;
const FILE_FLAG_OVERLAPPED = 0x4000_0000;
const FILE_FLAG_FIRST_PIPE_INSTANCE = 0x0008_0000;
const PIPE_REJECT_REMOTE_CLIENTS = 0x8;
const PIPE_UNLIMITED_INSTANCES = 255;
const bufferBytes = 64 * 1024;
/** So many clients can come at one moment; more wait until the next one is ready. */
const readyInstances = 4;

const createPipe = kernel32.func(
  'intptr_t __stdcall CreateNamedPipeW(str16 name, uint32_t open, uint32_t mode, uint32_t most, uint32_t out, uint32_t in, uint32_t timeout, void *security)',
);
const connectPipe = kernel32.func('int __stdcall ConnectNamedPipe(intptr_t pipe, void *overlapped)');
const createEvent = kernel32.func(
  'intptr_t __stdcall CreateEventW(void *security, int isManual, int isSet, void *name)',
);
const clientProcess = kernel32.func('int __stdcall GetNamedPipeClientProcessId(intptr_t pipe, void *pid)');
/** libuv's, which Node exports: a number that Node's sockets take in place of a handle. */
const openDescriptor = koffi.load(process.execPath).func('int uv_open_osfhandle(intptr_t handle)');

export interface PipeClient {
  /** For `new Socket({ fd })`, which closes it. */
  readonly descriptor: number;
  /** GetNamedPipeClientProcessId, <namedpipeapi.h>; -1 where it is gone already. */
  readonly pid: number;
}

interface Ready {
  readonly pipe: number;
  readonly event: number;
  readonly wait: number;
}

export class PipeServer {
  readonly #name: string;
  readonly #security: Buffer;
  readonly #waits: ExitWaits;
  readonly #arrived: (client: PipeClient) => void;
  readonly #ready = new Map<Buffer, Ready>();
  /** Windows writes into them when it is done, even after everything is closed. */
  readonly #kept: Buffer[];

  private constructor(name: string, descriptor: Buffer, waits: ExitWaits, arrived: (client: PipeClient) => void) {
    this.#name = name;
    this.#waits = waits;
    this.#arrived = arrived;
    this.#security = Buffer.alloc(securityAttributes.size);
    this.#security.writeUInt32LE(securityAttributes.size, securityAttributes.bytes);
    this.#security.writeBigUInt64LE(koffi.address(descriptor), securityAttributes.descriptor);
    this.#kept = [descriptor];
  }

  /** CreateNamedPipeW, <winbase.h>. -ACCESS_DENIED: somebody has a pipe of this name already. `access`: who may, as SDDL. */
  static open(
    name: string,
    access: string,
    waits: ExitWaits,
    arrived: (client: PipeClient) => void,
  ): PipeServer | Result {
    const descriptor = descriptorOf(access);
    if (typeof descriptor === 'number') return descriptor;
    const server = new PipeServer(name, descriptor, waits, arrived);
    const first = server.#prepare(FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (first < 0) return first;
    while (server.#ready.size < readyInstances && server.#prepare(0) >= 0);
    return server;
  }

  /** Nobody comes any more; those who came stay. */
  close(): void {
    for (const { pipe, event, wait } of this.#ready.values()) {
      this.#waits.remove(wait);
      closeHandle(pipe);
      closeHandle(event);
    }
    this.#ready.clear();
  }

  /** One more instance that waits for a client. */
  #prepare(flags: number): Result {
    const mode = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | flags;
    const pipe = createPipe(
      this.#name,
      mode,
      PIPE_REJECT_REMOTE_CLIENTS,
      PIPE_UNLIMITED_INSTANCES,
      bufferBytes,
      bufferBytes,
      0,
      this.#security,
    ) as number;
    if (pipe === -1) return lastError();
    const event = createEvent(null, 1, 0, null) as number;
    const overlapped = Buffer.allocUnsafeSlow(layout.size).fill(0);
    overlapped.writeBigInt64LE(BigInt(event), layout.event);
    this.#kept.push(overlapped);
    const result = checked(connectPipe(pipe, overlapped) as number);
    if (result === -errorCode.ERROR_PIPE_CONNECTED) {
      setImmediate(() => this.#take(overlapped));
      this.#ready.set(overlapped, { pipe, event, wait: 0 });
      return 0;
    }
    if (result < 0 && result !== -errorCode.ERROR_IO_PENDING) {
      closeHandle(pipe);
      closeHandle(event);
      return result;
    }
    this.#ready.set(overlapped, { pipe, event, wait: this.#waits.add(event, () => this.#take(overlapped)) });
    return 0;
  }

  #take(overlapped: Buffer): void {
    const ready = this.#ready.get(overlapped);
    if (ready === undefined) return;
    this.#ready.delete(overlapped);
    this.#kept.splice(this.#kept.indexOf(overlapped), 1);
    closeHandle(ready.event);
    this.#prepare(0);
    const pid = Buffer.alloc(4);
    const asked = checked(clientProcess(ready.pipe, pid) as number);
    const descriptor = openDescriptor(ready.pipe) as number;
    if (descriptor < 0) closeHandle(ready.pipe);
    else this.#arrived({ descriptor, pid: asked < 0 ? -1 : pid.readUInt32LE(0) });
  }
}
