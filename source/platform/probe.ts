// What all probes have in common.
import type { ProbeVerdict } from '../ports/stall-prober.ts';

/** Asks once and says by `done`, after the call has returned, what came of it; the returned function gives it up, then nothing is said. */
export type Probe = (done: (verdict: ProbeVerdict) => void) => () => void;

/** A timer that rings so much too late says that this engine was stopped, or the machine asleep. */
const awayMs = 1_000;

/**
 * Calls `over` when the time is up, unless the returned function is called before. An answer that came while nobody could take it
 * is taken first; and after the engine was away the whole time is given again, since nobody can say what the answer was worth.
 */
export function deadline(timeoutMs: number, over: () => void): () => void {
  let timer: NodeJS.Timeout;
  let turn: NodeJS.Immediate | null = null;
  const wait = () => {
    const dueAt = performance.now() + timeoutMs;
    timer = setTimeout(() => {
      if (performance.now() - dueAt > awayMs) return wait();
      // Timers come before what the kernel has to say; of that, exits come one turn later.
      turn = setImmediate(() => {
        turn = setImmediate(over);
      });
    }, timeoutMs);
  };
  wait();
  return () => {
    clearTimeout(timer);
    if (turn !== null) clearImmediate(turn);
  };
}

/** Hands on the first verdict only, and none after `cancel`. */
export function onlyOnce(
  done: (verdict: ProbeVerdict) => void,
): ((verdict: ProbeVerdict) => void) & { cancel(): void } {
  let isOpen = true;
  const once = (verdict: ProbeVerdict) => {
    if (!isOpen) return;
    isOpen = false;
    done(verdict);
  };
  return Object.assign(once, {
    cancel() {
      isOpen = false;
    },
  });
}

export function timedOut(timeoutMs: number): ProbeVerdict {
  return { is: 'timeout', text: `no answer within ${timeoutMs / 1000} s` };
}
