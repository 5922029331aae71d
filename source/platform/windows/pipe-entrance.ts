import { Socket } from 'node:net';
import { ExitWaits } from '../../../native-bindings/windows/exit-wait.ts';
import { ownerOf } from '../../../native-bindings/windows/owner.ts';
import { PipeServer } from '../../../native-bindings/windows/pipe-server.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import type { Peer } from '../system.ts';
import { onlyOurs } from './own-access.ts';

/** Which process opened the other end, as Windows told when it came. */
const clients = new WeakMap<Socket, number>();

/** Lets in the engine's own account, administrators and the system, from this machine only. Throws a sentence. */
export function listenOnPipe(name: string, accept: (socket: Socket) => void): () => void {
  const waits = new ExitWaits();
  const server = PipeServer.open(name, onlyOurs('GA'), waits, ({ descriptor, pid }) => {
    const socket = new Socket({ fd: descriptor, readable: true, writable: true, allowHalfOpen: true });
    clients.set(socket, pid);
    accept(socket);
  });
  if (typeof server !== 'number') {
    return () => {
      server.close();
      waits.close();
    };
  }
  if (server === -errorCode.ERROR_ACCESS_DENIED)
    throw new Error(
      `somebody listens at ${name} already; stop the engine there first, or use --instance to run a second one`,
    );
  throw new Error(`the engine cannot listen at ${name}: error ${-server} of Windows`);
}

/** The account of the process at the other end. Throws when it is gone already: then nobody can be trusted. */
export function peerOf(socket: Socket): Peer {
  const pid = clients.get(socket) ?? -1;
  const owner = pid < 0 ? pid : ownerOf(pid);
  if (typeof owner === 'number') throw new Error(`its process has ended, or may not be asked (error ${-owner})`);
  return { user: owner.name, uid: 0, pid };
}
