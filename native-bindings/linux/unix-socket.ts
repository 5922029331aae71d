import { koffi } from '../load-koffi.ts';
import { checked, libc, type Result } from './libc.ts';
import { closeDescriptor } from './pidfd.ts';
import { controlMessage, credentials, ioVector, messageHeader, unixAddress } from './structs.ts';

const socket = libc.func('int socket(int domain, int type, int protocol)');
const bind = libc.func('int bind(int fd, const void *address, uint length)');
const sendto = libc.func(
  'long sendto(int fd, const void *bytes, size_t length, int flags, const void *address, uint addressLength)',
);
const recvmsg = libc.func('long recvmsg(int fd, void *message, int flags)');
const setsockopt = libc.func('int setsockopt(int fd, int level, int option, const void *value, uint length)');
const getsockopt = libc.func('int getsockopt(int fd, int level, int option, void *value, void *length)');

/** <sys/socket.h> */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_PASSCRED = 16;
const SO_PEERCRED = 17;
const SCM_CREDENTIALS = 2;
const MSG_NOSIGNAL = 0x4000;
const MSG_DONTWAIT = 0x40;
const MSG_TRUNC = 0x20;

/** Who stands behind a socket or a message, as the kernel says. */
export interface Credentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** A path, or `@name` for the abstract namespace. Null when it does not fit: 107 bytes are the limit. */
function address(path: string): Buffer | null {
  const name = Buffer.from(path);
  if (name.length >= unixAddress.size - unixAddress.path) return null;
  const isAbstract = path.startsWith('@');
  // An abstract name ends with the address, a path with a zero byte.
  const encoded = Buffer.alloc(unixAddress.path + name.length + (isAbstract ? 0 : 1));
  encoded.writeUInt16LE(AF_UNIX, unixAddress.family);
  name.copy(encoded, unixAddress.path);
  if (isAbstract) encoded[unixAddress.path] = 0;
  return encoded;
}

/** <errno.h> */
const ENAMETOOLONG = 36;

/** socket(2), setsockopt(2) SO_PASSCRED, bind(2): a datagram socket whose messages bear their sender's pid. EADDRINUSE the path exists · ENOENT no such folder · EACCES. */
export function bindDatagramSocket(path: string): Result {
  const name = address(path);
  if (name === null) return -ENAMETOOLONG;
  const descriptor = checked(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (descriptor < 0) return descriptor;
  const one = Buffer.from([1, 0, 0, 0]);
  const passed = checked(setsockopt(descriptor, SOL_SOCKET, SO_PASSCRED, one, one.length));
  const result = passed < 0 ? passed : checked(bind(descriptor, name, name.length));
  if (result >= 0) return descriptor;
  closeDescriptor(descriptor);
  return result;
}

/** socket(2), sendto(2): one datagram to a path. ENOENT, ECONNREFUSED nobody listens · EAGAIN its queue is full · EMSGSIZE. */
export function sendDatagram(path: string, text: string): Result {
  const name = address(path);
  if (name === null) return -ENAMETOOLONG;
  const descriptor = checked(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (descriptor < 0) return descriptor;
  const bytes = Buffer.from(text);
  const result = checked(Number(sendto(descriptor, bytes, bytes.length, MSG_NOSIGNAL, name, name.length)));
  closeDescriptor(descriptor);
  return result;
}

export interface Datagram {
  /** Bytes that are not UTF-8 became U+FFFD. */
  readonly text: string;
  /** It was longer than the buffer, and its end is lost. */
  readonly isCut: boolean;
  readonly sender: Credentials;
}

/** What a service manager reads of one message (PIPE_BUF, as systemd does). */
export const datagramBytes = 4096;

/** Receives datagrams of at most 4 KiB with their sender's credentials. Its buffers hold addresses, so it keeps them for itself. */
export class DatagramReceiver {
  private readonly bytes = Buffer.alloc(datagramBytes);
  private readonly vector = Buffer.alloc(ioVector.size);
  // Room for the credentials and for nothing else: descriptors that a sender passes along never become ours, the kernel closes
  // them while it hands the message over (unix(7), MSG_CTRUNC). By then everything sent before was received, which is what BARRIER=1 waits for.
  private readonly control = Buffer.alloc(controlMessage.size + 16);
  private readonly header = Buffer.alloc(messageHeader.size);

  /** recvmsg(2) without waiting. EAGAIN: nothing is there. */
  receive(descriptor: number): Datagram | Result {
    this.vector.writeBigUInt64LE(koffi.address(this.bytes), ioVector.base);
    this.vector.writeBigUInt64LE(BigInt(datagramBytes), ioVector.length);
    this.header.fill(0);
    this.header.writeBigUInt64LE(koffi.address(this.vector), messageHeader.vectors);
    this.header.writeBigUInt64LE(1n, messageHeader.vectorCount);
    this.header.writeBigUInt64LE(koffi.address(this.control), messageHeader.control);
    this.header.writeBigUInt64LE(BigInt(this.control.length), messageHeader.controlLength);
    const length = checked(Number(recvmsg(descriptor, this.header, MSG_DONTWAIT)));
    if (length < 0) return length;
    return {
      text: this.bytes.toString('utf8', 0, length),
      isCut: (this.header.readInt32LE(messageHeader.flags) & MSG_TRUNC) !== 0,
      sender: this.sender(),
    };
  }

  private sender(): Credentials {
    const hasCredentials =
      this.header.readBigUInt64LE(messageHeader.controlLength) >= BigInt(controlMessage.size + credentials.size) &&
      this.control.readInt32LE(controlMessage.level) === SOL_SOCKET &&
      this.control.readInt32LE(controlMessage.type) === SCM_CREDENTIALS;
    return hasCredentials
      ? decodeCredentials(this.control.subarray(controlMessage.size))
      : { pid: 0, uid: 0xffff_fffe, gid: 0xffff_fffe };
  }
}

/** getsockopt(2) SO_PEERCRED: who connected to this stream socket, at the moment of connecting. ENOPROTOOPT, ENOTSOCK: not a Unix socket. */
export function peerCredentials(descriptor: number): Credentials | Result {
  const value = Buffer.alloc(credentials.size);
  const length = Buffer.from([credentials.size, 0, 0, 0]);
  const result = checked(getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, value, length));
  return result < 0 ? result : decodeCredentials(value);
}

function decodeCredentials(bytes: Buffer): Credentials {
  return {
    pid: bytes.readInt32LE(credentials.pid),
    uid: bytes.readUInt32LE(credentials.uid),
    gid: bytes.readUInt32LE(credentials.gid),
  };
}
