import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { prepareSocketPlace } from './socket-place.ts';

/** Calls `accept` for each client, until the returned function is called. Throws SocketRefused when the place is taken or not safe. */
export async function listenOnSocket(
  path: string,
  most: number,
  accept: (socket: Socket) => void,
  report: (message: string) => void,
): Promise<() => void> {
  await prepareSocketPlace(path);
  const server = createServer({ allowHalfOpen: true }, accept);
  server.maxConnections = most;
  // The socket is made in this very call, and never stands open to others, not even for a moment.
  const mask = process.umask(0o177);
  server.listen(path);
  process.umask(mask);
  await once(server, 'listening');
  server.on('error', (error) => report(`control: ${error.message}`));
  return () => server.close();
}
