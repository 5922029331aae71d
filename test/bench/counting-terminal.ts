// A terminal that only counts what is written to it.
import { PassThrough, Writable } from 'node:stream';

export interface CountingTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Keys, as they come from a terminal. */
  readonly type: (keys: string) => void;
  bytes: number;
  /** Called at each write. */
  written: (() => void) | null;
}

export function countingTerminal(columns: number, rows: number): CountingTerminal {
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      terminal.bytes += chunk.length;
      terminal.written?.();
      done();
    },
  });
  const stdin = new PassThrough();
  Object.assign(stdout, { isTTY: true, columns, rows });
  Object.assign(stdin, { isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin });
  const terminal: CountingTerminal = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    type: (keys) => void stdin.write(keys),
    bytes: 0,
    written: null,
  };
  return terminal;
}
