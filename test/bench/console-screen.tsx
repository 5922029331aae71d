// Measures the console on a terminal that only counts: how long until bytes go out, and how many.
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { render } from 'ink';
import { App } from '../../source/console/app.tsx';
import { startLoop } from '../../source/console/shell/loop.ts';
import { startModel } from '../../source/console/start-model.ts';
import type { Status } from '../../source/control/protocol.ts';
import { group, nowMs, process_, status as small } from '../console/fixtures.ts';

export interface ScreenFigures {
  /** A whole new snapshot arrives → its frame is written, each in ms. */
  readonly snapshotToFrameMs: readonly number[];
  readonly keyToScreenMs: readonly number[];
  /** With nothing but the clock moving. */
  readonly idleBytesPerSecond: number;
}

/** Ink joins frames that follow each other faster than this; a key after a rest is drawn at once. */
const REST_MS = 45;
const SAMPLES = 40;
/** Until the compiler has seen the code often enough; a console is open all day. */
const WARM_UP = 25;
const IDLE_SECONDS = 120;

function manyProcesses(count: number, round: number): Status {
  const groups = Array.from({ length: Math.ceil(count / 20) }, (_, at) =>
    group(
      `group-${at}`,
      Array.from({ length: 20 }, (__, number) =>
        process_(`process-${number}`, (at * 20 + number + round) % 97 === 0 ? 'fatal' : 'running', {
          pids: [1000 + at * 20 + number],
          upFor: 3600 * (number + 1),
          cpuPercent: (number + round) % 7,
          memoryBytes: (40 + number) * 2 ** 20,
        }),
      ),
    ),
  );
  return { ...small, groups };
}

export async function measureScreen(processes: number): Promise<ScreenFigures> {
  let bytes = 0;
  let written: (() => void) | null = null;
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      written?.();
      done();
    },
  });
  const stdin = new PassThrough();
  Object.assign(stdout, { isTTY: true, columns: 120, rows: 40 });
  Object.assign(stdin, { isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin });
  const look = { language: 'en', ascii: false, theme: 'dark', embedded: false, nowMs } as const;
  const model = startModel({
    ...look,
    size: { columns: 120, rows: 40 },
    status: manyProcesses(processes, 0),
    notices: [],
  });
  const loop = startLoop(model, () => {});
  const screen = render(<App loop={loop} onSuspender={() => {}} />, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
  });
  const until = async (act: () => void): Promise<number> => {
    await pause(REST_MS);
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const begun = performance.now();
    act();
    await isWritten;
    return performance.now() - begun;
  };

  const snapshotToFrameMs: number[] = [];
  for (let round = 1; round <= WARM_UP + SAMPLES; round++) {
    const { engine, groups } = manyProcesses(processes, round);
    const tookMs = await until(() => loop.dispatch({ is: 'changed', whole: true, engine, groups }));
    if (round > WARM_UP) snapshotToFrameMs.push(tookMs);
  }
  const keyToScreenMs: number[] = [];
  for (let at = 0; at < SAMPLES; at++) keyToScreenMs.push(await until(() => void stdin.write('j')));

  await pause(REST_MS);
  bytes = 0;
  written = null;
  for (let second = 1; second <= IDLE_SECONDS; second++) {
    loop.dispatch({ is: 'tick', nowMs: nowMs + second * 1000 });
    await pause(REST_MS);
  }
  screen.unmount();
  loop.close();
  return { snapshotToFrameMs, keyToScreenMs, idleBytesPerSecond: bytes / IDLE_SECONDS };
}
