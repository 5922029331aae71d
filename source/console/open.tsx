import { render } from 'ink';
import type { EngineClient } from '../control/engine-client.ts';
import type { Language } from '../notices/notice.ts';
import { App, type Suspend } from './app.tsx';
import type { Command } from './command.ts';
import type { Message } from './message.ts';
import type { Leaving } from './model.ts';
import { linkEngine } from './shell/engine-link.ts';
import { type Loop, startLoop } from './shell/loop.ts';
import { listenToMouse, startMouse } from './shell/mouse.ts';
import { performForUser, readPreferences } from './shell/preferences.ts';
import { watchSignals } from './shell/signals.ts';
import { sizeOf, stopUntilContinued } from './shell/terminal.ts';
import { startModel } from './start-model.ts';
import { say } from './words/text.ts';

export interface ConsoleOptions {
  /** Connected. The caller closes it in the end. */
  readonly engine: EngineClient;
  /** Connects anew when that connection is lost. */
  readonly connect: () => Promise<EngineClient>;
  /** The engine runs in this very process. */
  readonly embedded: boolean;
  /** As the command line or the locale says. */
  readonly language: Language;
  /** It was asked for by `--lang`, and what its user has set does not count. */
  readonly isLanguageAsked?: boolean;
  /** Packs the evidence of an incident into the current directory, and says where; not given where the evidence lies elsewhere. */
  readonly exportIncident?: (number: number) => Promise<string>;
  /** The process's own when it is not given. */
  readonly terminal?: Terminal;
}

/** Where the screen is drawn and the keys come from. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Ms since 1970. */
  readonly now: () => number;
  /** Writes every frame whole, one after the other, where nothing understands a cursor. */
  readonly wholeFrames: boolean;
}

const MOST_FRAMES_PER_SECOND = 30;
const TICK_MS = 1000;

/**
 * Shows the console until it is left, and says how. The terminal is as before when this returns, whatever ended it.
 * Rejects when the engine cannot be subscribed to.
 */
export async function openConsole({
  engine,
  connect,
  embedded,
  language,
  isLanguageAsked = false,
  exportIncident,
  terminal = ownTerminal(),
}: ConsoleOptions): Promise<Leaving> {
  const { stdin, stdout, environment, platform, now, wholeFrames } = terminal;
  const preferences = readPreferences(environment, platform, { language, isAsked: isLanguageAsked });
  const size = () => sizeOf(stdout, platform);
  let loop: Loop | null = null;
  const { snapshot, link, listen } = await linkEngine({
    client: engine,
    connect,
    now,
    dispatch: (message) => loop?.dispatch(message),
  });
  const model = startModel({
    ...snapshot,
    size: size(),
    language: preferences.language,
    ...preferences.start,
    embedded,
    nowMs: now(),
  });

  const left = Promise.withResolvers<Leaving>();
  let suspend: Suspend | null = null;
  let isStopped = false;
  const stop = async (): Promise<void> => {
    // A second Ctrl-Z in the same breath is the same one.
    if (suspend === null || isStopped) return;
    isStopped = true;
    await signals.stoppable(() => suspend?.(() => mouse.away(stopUntilContinued)) ?? Promise.resolve());
    isStopped = false;
  };
  // Where whole frames are wanted nothing else may be written between them.
  const write = (text: string): void => {
    if (!wholeFrames) stdout.write(text);
  };
  const mouse = startMouse(write);
  const user = { preferences, mouse, write, dispatch: (message: Message) => loop?.dispatch(message) };
  const exported = async (number: number): Promise<Message> => {
    if (exportIncident === undefined) return { is: 'failed', problem: say(model, 'export-not-here', { number }) };
    try {
      return { is: 'exported', number, file: await exportIncident(number) };
    } catch (error) {
      return { is: 'failed', problem: error instanceof Error ? error.message : String(error) };
    }
  };
  const perform = (command: Command): void => {
    switch (command.is) {
      case 'leave':
        left.resolve(command.how);
        break;
      case 'suspend':
        void stop();
        break;
      case 'copy':
      case 'ring':
      case 'turn-mouse':
      case 'use-theme':
      case 'remember':
        performForUser(command, user);
        break;
      case 'export-incident':
        void exported(command.number).then((message) => loop?.dispatch(message));
        break;
      case 'redraw':
        // Ink draws everything anew when it gets the terminal back.
        void suspend?.(async () => {});
        break;
      default:
        link.perform(command);
    }
  };
  const started = startLoop(model, perform);
  loop = started;
  const keepSuspender = (one: Suspend): void => {
    suspend = one;
  };
  // Ink does it too, but only after its first frame: a Ctrl-Z until then would be the terminal's own, and stop us as we are.
  if (stdin.isTTY) stdin.setRawMode(true);
  const screen = render(<App loop={started} onSuspender={keepSuspender} />, {
    stdin,
    stdout,
    debug: wholeFrames,
    alternateScreen: !wholeFrames,
    incrementalRendering: true,
    interactive: true,
    maxFps: MOST_FRAMES_PER_SECOND,
    exitOnCtrlC: false,
  });
  mouse.turn(preferences.mouse);
  const deafen = listenToMouse(stdin, (event) => started.dispatch({ is: 'mouse', ...event }));
  listen();

  const onResize = (): void => started.dispatch({ is: 'resized', size: size() });
  stdout.on('resize', onResize);
  const ticking = setInterval(() => started.dispatch({ is: 'tick', nowMs: now() }), TICK_MS);
  const signals = watchSignals({
    embedded,
    stdin,
    leave: left.resolve,
    restore: () => {
      mouse.close();
      screen.unmount();
    },
    onStop: () => started.dispatch({ is: 'key', key: 'ctrl-z' }),
  });
  try {
    return await left.promise;
  } finally {
    clearInterval(ticking);
    signals.off();
    stdout.off('resize', onResize);
    link.close();
    started.close();
    deafen();
    mouse.close();
    screen.unmount();
    await screen.waitUntilExit();
    giveBack(stdin);
  }
}

/** Ink has done it, unless it was left before Ink had taken the keys at all. */
function giveBack(stdin: NodeJS.ReadStream): void {
  try {
    if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false);
  } catch {
    // The terminal is gone.
  }
}

function ownTerminal(): Terminal {
  const { stdin, stdout, env: environment, platform } = process;
  return { stdin, stdout, environment, platform, now: Date.now, wholeFrames: false };
}
