import { render } from 'ink';
import type { EngineClient } from '../control/engine-client.ts';
import type { Language } from '../notices/notice.ts';
import { readConsoleSettings, settingsFolder } from '../settings/console-settings.ts';
import { App, type Suspend } from './app.tsx';
import type { Command } from './command.ts';
import type { Leaving } from './model.ts';
import { linkEngine } from './shell/engine-link.ts';
import { type Loop, startLoop } from './shell/loop.ts';
import { abilitiesOf, sizeOf, stopUntilContinued } from './shell/terminal.ts';
import { startModel } from './start-model.ts';

export interface ConsoleOptions {
  /** Connected. The caller closes it in the end. */
  readonly engine: EngineClient;
  /** Connects anew when that connection is lost. */
  readonly connect: () => Promise<EngineClient>;
  /** The engine runs in this very process. */
  readonly embedded: boolean;
  readonly language: Language;
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
  terminal = ownTerminal(),
}: ConsoleOptions): Promise<Leaving> {
  const { stdin, stdout, environment, platform, now, wholeFrames } = terminal;
  const settings = readConsoleSettings(settingsFolder(environment));
  const { hasUnicode, hasColours } = abilitiesOf(environment, platform);
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
    language,
    ascii: settings.ascii ?? !hasUnicode,
    theme: hasColours ? settings.theme : 'none',
    embedded,
    nowMs: now(),
  });

  const left = Promise.withResolvers<Leaving>();
  let suspend: Suspend | null = null;
  const perform = (command: Command): void => {
    switch (command.is) {
      case 'leave':
        left.resolve(command.how);
        break;
      case 'suspend':
        void suspend?.(stopUntilContinued);
        break;
      case 'redraw':
        screen.clear();
        screen.rerender(app(started));
        break;
      default:
        link.perform(command);
    }
  };
  const keepSuspender = (one: Suspend): void => {
    suspend = one;
  };
  const app = (ready: Loop) => <App loop={ready} onSuspender={keepSuspender} />;
  const started = startLoop(model, perform);
  loop = started;
  const screen = render(app(started), {
    stdin,
    stdout,
    debug: wholeFrames,
    alternateScreen: !wholeFrames,
    incrementalRendering: true,
    interactive: true,
    maxFps: MOST_FRAMES_PER_SECOND,
    exitOnCtrlC: false,
    patchConsole: true,
  });
  listen();

  const onResize = (): void => started.dispatch({ is: 'resized', size: size() });
  const ticking = setInterval(() => started.dispatch({ is: 'tick', nowMs: now() }), TICK_MS);
  const signals = leaveOnSignals(embedded, left.resolve);
  // An error that nobody caught is printed by Node right after this; it belongs on the user's own screen.
  const onUncaught = (): void => screen.unmount();
  const onStop = (): void => started.dispatch({ is: 'key', key: 'ctrl-z' });
  stdout.on('resize', onResize);
  process.on('uncaughtExceptionMonitor', onUncaught);
  process.on('SIGTSTP', onStop);
  try {
    return await left.promise;
  } finally {
    clearInterval(ticking);
    signals.off();
    process.off('SIGTSTP', onStop);
    process.off('uncaughtExceptionMonitor', onUncaught);
    stdout.off('resize', onResize);
    link.close();
    started.close();
    screen.unmount();
    await screen.waitUntilExit();
  }
}

/**
 * A terminal that goes away takes nobody's watching with it: an engine inside is handed over to the background.
 * Being told to end means to end.
 */
function leaveOnSignals(embedded: boolean, leave: (how: Leaving) => void): { readonly off: () => void } {
  const onEnd = (): void => leave(embedded ? 'stop-watching' : 'detached');
  const onHangUp = (): void => leave(embedded ? 'keep-watching' : 'detached');
  process.on('SIGTERM', onEnd).on('SIGINT', onEnd).on('SIGHUP', onHangUp);
  return { off: () => void process.off('SIGTERM', onEnd).off('SIGINT', onEnd).off('SIGHUP', onHangUp) };
}

function ownTerminal(): Terminal {
  const { stdin, stdout, env: environment, platform } = process;
  return { stdin, stdout, environment, platform, now: Date.now, wholeFrames: false };
}
