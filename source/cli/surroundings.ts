import { fstatSync } from 'node:fs';
import type { Environment } from '../control/places.ts';
import { exitStatus } from './exit-status.ts';

/** All that a command knows of the process it runs in; a test gives its own. */
export interface Surroundings {
  readonly environment: Environment;
  readonly uid: number;
  /** Relative paths start here. */
  readonly directory: string;
  readonly nowMs: () => number;
  /** Results. */
  readonly stdout: Output;
  /** Messages. */
  readonly stderr: Output;
  /** Keys can be read and a screen drawn. */
  readonly isInteractive: boolean;
  /** From now on it goes on when the terminal it writes to is closed. */
  readonly outliveReaders: () => void;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Somebody reads along: a terminal, a pipe, systemd's journal. A plain file would only grow. */
  readonly isFollowed: boolean;
  /** Null where nobody looks at it line by line: a file, a pipe. */
  readonly columns: () => number | null;
  readonly hasColours: boolean;
}

export interface OwnSurroundings extends Surroundings {
  /** Resolves when whoever reads has taken all: a pipe holds 64 KiB, and the rest would be lost with the process. A monitor waits for nobody. */
  flushed(): Promise<void>;
}

/** The ones of this process. */
export function ownSurroundings(): OwnSurroundings {
  let outlives = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
      // `| head` has read enough: a command has nobody left to answer. A monitor goes on.
      if (!outlives) process.exit(exitStatus.done);
    });
  }
  return {
    environment: process.env,
    uid: process.geteuid?.() ?? 0,
    directory: process.cwd(),
    nowMs: Date.now,
    stdout: output(process.stdout, 1, () => outlives),
    stderr: output(process.stderr, 2, () => outlives),
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true && process.env['TERM'] !== 'dumb',
    async flushed() {
      if (outlives) return;
      for (const stream of [process.stdout, process.stderr])
        await new Promise<void>((taken) => stream.write('', () => taken()));
    },
    outliveReaders: () => {
      outlives = true;
      for (const stream of [process.stdout, process.stderr]) neverWait(stream);
    },
  };
}

/** What the reader of a monitor has not read yet waits in memory, so many characters; what comes then is lost to him. */
const mostUnread = 1_000_000;

/** Node waits for whoever reads a terminal or a pipe: a Ctrl-S in the terminal of a monitor would stop the watching. */
function neverWait(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: { setBlocking?: (isBlocking: boolean) => void } };
  handle?.setBlocking?.(false);
}

function isPlainFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // It was closed by whoever started this.
    return true;
  }
}

function output(stream: NodeJS.WriteStream, descriptor: number, isMonitor: () => boolean): Output {
  const isTerminal = stream.isTTY === true;
  const isPlain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
  return {
    write: (text) => {
      if (!isMonitor() || stream.writableLength < mostUnread) stream.write(text);
    },
    isTerminal,
    isFollowed: isTerminal || !isPlainFile(descriptor),
    columns: () => (isTerminal ? stream.columns : null),
    hasColours: isTerminal && !isPlain,
  };
}
