import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createJSONRPCNotification } from 'json-rpc-2.0';
import { Connection, type ConnectionLimits } from './connection.ts';
import { dispatcher, type Handlers } from './dispatch.ts';
import { encodeLine } from './line-channel.ts';
import type { Notifications } from './protocol.ts';
import { prepareSocketPlace } from './socket-place.ts';
import { isPipe } from './windows-address.ts';

/** Who opened the other end of a socket, as the kernel tells. */
export interface Peer {
  readonly uid: number;
  readonly user: string;
}

export interface ControlServerOptions {
  readonly path: string;
  readonly handlers: Handlers;
  /** May throw; then the client is turned away. */
  readonly peerOf: (socket: Socket) => Peer;
  /** A mistake of the program or a client that was dropped, for the log. */
  readonly report: (message: string) => void;
  readonly limits?: Partial<ConnectionLimits>;
}

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
  report,
  limits,
}: ControlServerOptions): Promise<ControlServer> {
  if (!isPipe(path)) await prepareSocketPlace(path);
  const connections = new Set<Connection>();
  const dispatch = dispatcher(handlers, (method, error) =>
    report(`control: ${method} failed by a mistake in the program: ${(error as Error)?.stack ?? error}`),
  );
  const dropped = (operator: string, reason: string): void =>
    report(`control: a client of ${operator} was dropped: ${reason}`);

  const server = createServer({ allowHalfOpen: true }, (socket) => {
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
    socket.once('close', () => connections.delete(connection));
    void connection.serve();
  });
  server.maxConnections = mostConnections;
  // The socket is made in this very call, and never stands open to others, not even for a moment.
  const mask = process.umask(0o177);
  server.listen(path);
  process.umask(mask);
  await once(server, 'listening');
  server.on('error', (error) => report(`control: ${error.message}`));

  return {
    hasSubscribers: () => [...connections].some((connection) => connection.isSubscribed),
    notify(name, value) {
      const subscribers = [...connections].filter((connection) => connection.isSubscribed);
      if (subscribers.length === 0) return;
      const line = encodeLine(createJSONRPCNotification(name, value));
      for (const subscriber of subscribers) subscriber.notify(line);
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.close();
      await closed;
    },
  };
}
