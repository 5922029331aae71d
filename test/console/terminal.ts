// A terminal that exists only as streams: what is written are whole frames, what is pressed are bytes.
import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../../source/console/open.tsx';
import { nowMs } from './fixtures.ts';

const BYTES: Readonly<Record<string, string>> = {
  Enter: '\r',
  Esc: '\u001b',
  Up: '\u001b[A',
  Down: '\u001b[B',
  Right: '\u001b[C',
  Left: '\u001b[D',
  Backspace: '\u007f',
  Space: ' ',
  'Ctrl-U': '\u0015',
  'Ctrl-C': '\u0003',
};

export interface FakeTerminal {
  readonly terminal: Terminal;
  /** A key's name, or the letters themselves. */
  press(...keys: readonly string[]): void;
  /** Resolves with the first frame, the present one included, for which this holds. */
  until(isShown: (frame: string) => boolean): Promise<string>;
  /** The frame that stands on the screen. */
  frame(): string;
  resize(columns: number, rows: number): void;
}

export function fakeTerminal(columns = 100, rows = 30, environment: Terminal['environment'] = {}): FakeTerminal {
  const frames = new EventEmitter();
  let latest = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      // Ink also sends what shows and hides the cursor.
      if (text.includes('\n')) {
        latest = stripVTControlCharacters(text);
        frames.emit('frame');
      }
      done();
    },
  });
  const stdin = new PassThrough();
  Object.assign(stdout, { isTTY: true, columns, rows });
  Object.assign(stdin, { isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin });
  return {
    terminal: {
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
      environment: { LANG: 'C.UTF-8', NO_COLOR: '1', PROCSAVER_HOME: '/nowhere', ...environment },
      platform: 'linux',
      now: () => nowMs,
      wholeFrames: true,
    },
    press: (...keys) => {
      for (const key of keys) stdin.write(BYTES[key] ?? key);
    },
    until: (isShown) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isShown(latest)) return;
          frames.off('frame', look);
          resolve(latest);
        };
        frames.on('frame', look);
        look();
      }),
    frame: () => latest,
    resize: (nextColumns, nextRows) => {
      Object.assign(stdout, { columns: nextColumns, rows: nextRows });
      stdout.emit('resize');
    },
  };
}
