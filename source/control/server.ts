import type { Socket } from 'node:net';
import { createJSONRPCNotification } from 'json-rpc-2.0';
import { Connection, type ConnectionLimits } from './connection.ts';
import { dispatcher, type Handlers } from './dispatch.ts';
import { encodeLine } from './line-channel.ts';
import type { Notifications } from './protocol.ts';
import { listenOnSocket } from './socket-entrance.ts';

/** Who opened the other end of a socket, as the kernel tells. */
export interface Peer {
  readonly uid: number;
  readonly user: string;
}

export interface ControlServerOptions {
  /** A socket's path, or the name of a pipe. */
  readonly path: string;
  readonly handlers: Handlers;
  /** May throw; then the client is turned away. */
  readonly peerOf: (socket: Socket) => Peer;
  /** How a system that has pipes in place of sockets listens. Throws a sentence. */
  readonly listenOnPipe?: ListenOnPipe | undefined;
  /** A mistake of the program or a client that was dropped, for the log. */
  readonly report: (message: string) => void;
  readonly limits?: Partial<ConnectionLimits>;
}

/** Calls `accept` for each client, until the returned function is called. */
export type ListenOnPipe = (name: string, accept: (socket: Socket) => void) => () => void;

export interface ControlServer {
  /** To every subscriber; returns at once. */
  notify<N extends keyof Notifications>(name: N, value: Notifications[N]): void;
  hasSubscribers(): boolean;
  /** Stops listening, lets clients read what they are owed for a moment, hangs up. */
  close(): Promise<void>;
}

const usualLimits: ConnectionLimits = {
  requestBytes: 1 << 20,
  requestsAtOnce: 16,
  answerBytes: 1 << 20,
  notificationBytes: 4 << 20,
  farewellMs: 1000,
};

/** Consoles and commands of people; more at once is a mistake or an attack. */
const mostConnections = 256;

/** Listens at `path` for whoever the file's mode lets in. Throws SocketRefused when the place is taken or not safe. */
export async function serveControl({
  path,
  handlers,
  peerOf,
  listenOnPipe,
  report,
  limits,
}: ControlServerOptions): Promise<ControlServer> {
  const connections = new Set<Connection>();
  const sockets = new Set<Socket>();
  const dispatch = dispatcher(handlers, (method, error) =>
    report(`control: ${method} failed by a mistake in the program: ${(error as Error)?.stack ?? error}`),
  );
  const dropped = (operator: string, reason: string): void =>
    report(`control: a client of ${operator} was dropped: ${reason}`);

  const accept = (socket: Socket): void => {
    if (connections.size >= mostConnections) {
      socket.destroy();
      return;
    }
    let peer: Peer;
    try {
      peer = peerOf(socket);
    } catch (error) {
      report(`control: a client was turned away, the kernel does not say who it is: ${(error as Error).message}`);
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, peer.user, dispatch, { ...usualLimits, ...limits }, dropped);
    connections.add(connection);
    sockets.add(socket);
    socket.once('close', () => {
      connections.delete(connection);
      sockets.delete(socket);
    });
    void connection.serve();
  };
  const stopListening =
    listenOnPipe === undefined
      ? await listenOnSocket(path, mostConnections, accept, report)
      : listenOnPipe(path, accept);
  let isOpen = true;

  return {
    hasSubscribers: () => [...connections].some((connection) => connection.isSubscribed),
    notify(name, value) {
      const subscribers = [...connections].filter((connection) => connection.isSubscribed);
      if (subscribers.length === 0) return;
      const line = encodeLine(createJSONRPCNotification(name, value));
      for (const subscriber of subscribers) subscriber.notify(line);
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      stopListening();
      for (const connection of connections) connection.close();
      await Promise.all([...sockets].map(closed));
    },
  };
}

/** A client that went away while it was written to is an error on the way to the end, and no reason not to wait for it. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
