// A day of a console that is left open, in twenty seconds: what it holds after a tenth of it and after the whole.
import { setImmediate as turn } from 'node:timers/promises';
import { render } from 'ink';
import { App } from '../../source/console/app.tsx';
import type { Message } from '../../source/console/message.ts';
import { startLoop } from '../../source/console/shell/loop.ts';
import { startModel } from '../../source/console/start-model.ts';
import { noticeLine } from '../../source/notices/text.ts';
import { fakeEngine } from '../console/fake-engine.ts';
import { nowMs, process_, status } from '../console/fixtures.ts';
import { countingTerminal } from './counting-terminal.ts';
import { collectAll } from './full-collection.ts';

export interface DayFigures {
  readonly tenthMb: number;
  readonly wholeMb: number;
}

/** Nine a second. */
const MESSAGES = 800_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Messages that arrive in one turn of the event loop, as from a socket. */
const TOGETHER = 50;
/** Opened and left again, over and over. */
const WAYS = [
  'j',
  'k',
  't',
  '\u001b',
  '\r',
  '\u001b',
  'l',
  '\u001b',
  'E',
  '\u001b',
  '?',
  '\u001b',
  'S',
  '\u001b',
  'w',
  '\u001b',
];

export async function measureDay(): Promise<DayFigures> {
  const terminal = countingTerminal(120, 40);
  const engine = fakeEngine();
  const look = { language: 'en', ascii: false, theme: 'dark', embedded: false, nowMs } as const;
  const model = startModel({ ...look, size: { columns: 120, rows: 40 }, status, notices: [] });
  const loop = startLoop(model, (command) => {
    // What it asks is answered, as by an engine.
    if (command.is === 'fetch-output')
      loop.dispatch({
        is: 'output',
        target: command.target,
        lines: Array.from({ length: 200 }, (_, at) => `line ${at} ${Math.random()}`),
      });
    if (command.is === 'fetch-events')
      void engine.client
        .call('events', {} as never)
        .then((lines) => loop.dispatch({ is: 'events', target: command.target, lines }));
    if (command.is === 'fetch-why')
      void engine.client
        .call('why', { target: command.target })
        .then((explanations) => loop.dispatch({ is: 'explained', target: command.target, explanations }));
  });
  const screen = render(<App loop={loop} onSuspender={() => {}} />, {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
  });
  let tenthMb = 0;
  for (let at = 1; at <= MESSAGES; at++) {
    loop.dispatch(messageAt(at));
    if (at % TOGETHER === 0) {
      if (at % (8 * TOGETHER) === 0) terminal.type(WAYS[(at / (8 * TOGETHER)) % WAYS.length] ?? 'j');
      await turn();
    }
    if (at === MESSAGES / 10) tenthMb = await heapMb();
  }
  const wholeMb = await heapMb();
  screen.unmount();
  loop.close();
  return { tenthMb, wholeMb };
}

/** A clock that goes on, notices, deaths and returns; now and then everything anew, as after a reload. */
function messageAt(at: number): Message {
  const clockMs = nowMs + at * (DAY_MS / MESSAGES);
  if (at % 20 === 0) return { is: 'tick', nowMs: clockMs };
  const [first] = status.groups;
  if (at % 3 === 0 || first === undefined) {
    const told = {
      id: 'process.up',
      group: 'shop',
      process: 'api',
      instance: { slot: 1, pid: at },
      by: null,
      parameters: { how: 'started' },
    } as const;
    return { is: 'notice', line: noticeLine({ ...told, atMs: clockMs }, 'en') };
  }
  if (at % 1000 === 1) return { is: 'changed', whole: true, ...status };
  const processes = first.processes.map((process, number) =>
    number === at % first.processes.length
      ? process_(process.name, at % 2 === 0 ? 'running' : 'backoff', { pids: [at] })
      : process,
  );
  return { is: 'changed', whole: false, engine: status.engine, groups: [{ ...first, processes }] };
}

async function heapMb(): Promise<number> {
  await collectAll();
  return process.memoryUsage().heapUsed / 1e6;
}
