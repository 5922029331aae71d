import { setTimeout as wait } from 'node:timers/promises';
import { EngineGone } from '../../control/failure.ts';
import type { OutputSince } from '../../control/reading-protocol.ts';
import type { FetchOutputSince } from '../command.ts';
import type { Message } from '../message.ts';

/** Asks for output again and again, but only ever once at a time: a later question takes the place of one that waits. */
export interface OutputFollower {
  /** Null: it was overtaken, or nobody wants it any more. */
  ask(command: FetchOutputSince): Promise<Message | null>;
  close(): void;
}

export function outputFollower(
  call: (target: string, since: FetchOutputSince['since']) => Promise<OutputSince>,
): OutputFollower {
  let waiting = new AbortController();
  return {
    ask: async ({ target, since, afterMs }) => {
      waiting.abort();
      const own = new AbortController();
      waiting = own;
      try {
        if (afterMs > 0) await wait(afterMs, undefined, { signal: own.signal, ref: false });
        if (own.signal.aborted) return null;
        const output = await call(target, since);
        return own.signal.aborted ? null : { is: 'output-since', target, output };
      } catch (error) {
        // A lost connection is told by itself, and asked anew when it is found again.
        if (own.signal.aborted || error instanceof EngineGone) return null;
        throw error;
      }
    },
    close: () => waiting.abort(),
  };
}
