import { lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { socketPathProblem } from './address.ts';

/** The socket cannot be made; the message says why and what to do. */
class SocketRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SocketRefused';
  }
}

/**
 * Makes the place free for a new socket: a directory that only its owner may write to, without a socket that somebody answers on.
 * A socket that is left over from an engine that was killed is removed.
 */
export async function prepareSocketPlace(path: string): Promise<void> {
  const problem = socketPathProblem(path);
  if (problem !== null) throw new SocketRefused(problem);
  await preparePrivateDirectory(dirname(path));
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new SocketRefused(`${path} is in the way and is no socket; move it away`);
  if (await isAnswered(path))
    throw new SocketRefused(
      `an engine answers at ${path} already; stop it first, or use --instance to run a second one`,
    );
  unlinkSync(path);
}

async function preparePrivateDirectory(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const stat = lstatSync(directory);
  if (!stat.isDirectory())
    throw new SocketRefused(`${directory} is no directory of its own (a link?); the control socket must lie in one`);
  // Whoever owns the directory can put another socket in place of ours, and be sent what is meant for the engine.
  if (stat.uid !== process.geteuid?.()) {
    throw new SocketRefused(
      `${directory} belongs to user ${stat.uid}, but this engine runs as user ${process.geteuid?.()}; the control socket must lie in a directory of its own user`,
    );
  }
  // Others may pass through, to the notify socket that children of other users write to; they may neither look nor write.
  if ((stat.mode & 0o777) !== 0o711) await chmod(directory, 0o711);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((tell, fail) => {
    const probe = connect({ path });
    probe.once('connect', () => {
      probe.destroy();
      tell(true);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') tell(false);
      // A full queue of connections: an engine is there, and busy.
      else if (error.code === 'EAGAIN') tell(true);
      else fail(new SocketRefused(`cannot find out whether an engine answers at ${path}: ${error.message}`));
    });
  });
}
