import type { Leaving } from '../model.ts';

export interface SignalOptions {
  readonly embedded: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly leave: (how: Leaving) => void;
  /** Gives the terminal back at once. */
  readonly restore: () => void;
  /** Somebody else than the keyboard asks the console to stop for a while (SIGTSTP). */
  readonly onStop: () => void;
}

export interface Signals {
  /** While this runs, SIGTSTP stops the process as it does every other. */
  stoppable(during: () => Promise<void>): Promise<void>;
  off(): void;
}

/**
 * What the console makes of signals. A terminal that goes away takes nobody's watching with it: an engine inside is
 * handed over to the background. Being told to end means to end.
 */
export function watchSignals({ embedded, stdin, leave, restore, onStop }: SignalOptions): Signals {
  const onEnd = (): void => leave(embedded ? 'stop-watching' : 'detached');
  const onHangUp = (): void => leave(embedded ? 'keep-watching' : 'detached');
  process.on('SIGTERM', onEnd).on('SIGINT', onEnd).on('SIGHUP', onHangUp).on('SIGTSTP', onStop);
  stdin.on('end', onHangUp);
  // Stays: a terminal that is gone refuses once more when its raw mode is given back, after `off`.
  stdin.on('error', onHangUp);
  // An error that nobody caught is printed by Node right after this; it belongs on the user's own screen.
  process.on('uncaughtExceptionMonitor', restore);
  return {
    stoppable: async (during) => {
      process.off('SIGTSTP', onStop);
      try {
        await during();
      } finally {
        process.on('SIGTSTP', onStop);
      }
    },
    off: () => {
      process.off('SIGTERM', onEnd).off('SIGINT', onEnd).off('SIGHUP', onHangUp).off('SIGTSTP', onStop);
      process.off('uncaughtExceptionMonitor', restore);
      stdin.off('end', onHangUp);
    },
  };
}
