import type { Socket } from 'node:net';
import { peerCredentials } from '../../../native-bindings/linux/unix-socket.ts';
import type { Peer } from '../system.ts';
import { userName } from './users.ts';

/** Throws when the socket is closed already or is not a Unix socket: then nobody can be trusted. */
export function peerOf(socket: Socket): Peer {
  // Node has no public way to a socket's descriptor.
  const descriptor = (socket as unknown as { readonly _handle: { readonly fd?: number } | null })._handle?.fd ?? -1;
  if (descriptor < 0) throw new Error('The socket was closed before its peer could be asked for.');
  const found = peerCredentials(descriptor);
  if (typeof found === 'number') throw new Error(`The kernel does not tell who is at the other end (errno ${-found}).`);
  return { user: userName(found.uid), uid: found.uid, pid: found.pid };
}
