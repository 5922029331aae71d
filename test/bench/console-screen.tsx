// Measures the console on a terminal that only counts: how long until bytes go out, and how many.
import { setTimeout as pause } from 'node:timers/promises';
import { render } from 'ink';
import { App } from '../../source/console/app.tsx';
import { startLoop } from '../../source/console/shell/loop.ts';
import { startModel } from '../../source/console/start-model.ts';
import type { Status } from '../../source/control/protocol.ts';
import { group, nowMs, process_, status as small } from '../console/fixtures.ts';
import { countingTerminal } from './counting-terminal.ts';
import { collectAll } from './full-collection.ts';

export interface ScreenFigures {
  /** A whole new snapshot arrives → its frame is written, each in ms. */
  readonly snapshotToFrameMs: readonly number[];
  readonly keyToScreenMs: readonly number[];
  /** With nothing but the clock moving. */
  readonly idleBytesPerSecond: number;
  /** With 20 processes a second that die, wait and come back, as fast as in life. */
  readonly busyBytesPerSecond: number;
  /** Of one core, in the same seconds. */
  readonly restPercent: number;
  readonly busyPercent: number;
}

/** Ink joins frames that follow each other faster than this; a key after a rest is drawn at once. */
const REST_MS = 45;
const SAMPLES = 40;
/** Until the compiler has seen the code often enough; a console is open all day. */
const WARM_UP = 25;
const IDLE_SECONDS = 120;
const LIVE_SECONDS = 5;
const CHANGES_PER_SECOND = 20;

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
  const terminal = countingTerminal(120, 40);
  const look = { language: 'en', ascii: false, theme: 'dark', embedded: false, nowMs } as const;
  const model = startModel({
    ...look,
    size: { columns: 120, rows: 40 },
    status: manyProcesses(processes, 0),
    notices: [],
  });
  const loop = startLoop(model, () => {});
  const screen = render(<App loop={loop} onSuspender={() => {}} />, {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
  });
  const until = async (act: () => void): Promise<number> => {
    await pause(REST_MS);
    const isWritten = new Promise<void>((resolve) => {
      terminal.written = resolve;
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
  for (let at = 0; at < SAMPLES; at++) keyToScreenMs.push(await until(() => terminal.type('j')));

  await pause(REST_MS);
  terminal.bytes = 0;
  terminal.written = null;
  for (let second = 1; second <= IDLE_SECONDS; second++) {
    loop.dispatch({ is: 'tick', nowMs: nowMs + second * 1000 });
    await pause(REST_MS);
  }
  const idleBytesPerSecond = terminal.bytes / IDLE_SECONDS;

  // The snapshots of before are garbage of the measurement: among 10,000 processes V8 would use 4 % for it in these seconds.
  await collectAll();
  let clockMs = nowMs + IDLE_SECONDS * 1000;
  const tick = (): void => {
    clockMs += 1000;
    loop.dispatch({ is: 'tick', nowMs: clockMs });
  };
  const restPercent = await cpuPercent(async () => {
    for (let second = 0; second < LIVE_SECONDS; second++) {
      await pause(1000);
      tick();
    }
  });
  terminal.bytes = 0;
  const { engine, groups } = manyProcesses(processes, 0);
  const busyPercent = await cpuPercent(async () => {
    for (let at = 1; at <= LIVE_SECONDS * CHANGES_PER_SECOND; at++) {
      await pause(1000 / CHANGES_PER_SECOND);
      // A group of those that are on the screen, and one that is not, in turn.
      const one = groups[at % 2 === 0 ? 0 : at % groups.length];
      const processesNow = one?.processes.map((process, number) =>
        number === at % 20 ? process_(process.name, at % 4 < 2 ? 'fatal' : 'running', { pids: [5000 + at] }) : process,
      );
      if (one !== undefined)
        loop.dispatch({ is: 'changed', whole: false, engine, groups: [{ ...one, processes: processesNow ?? [] }] });
      if (at % CHANGES_PER_SECOND === 0) tick();
    }
  });
  const busyBytesPerSecond = terminal.bytes / LIVE_SECONDS;
  screen.unmount();
  loop.close();
  return { snapshotToFrameMs, keyToScreenMs, idleBytesPerSecond, busyBytesPerSecond, restPercent, busyPercent };
}

async function cpuPercent(during: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  const begun = performance.now();
  await during();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - begun);
}
