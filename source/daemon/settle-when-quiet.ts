/** What the start has left behind is given back to the kernel when nothing has happened for so long. */
const settledMs = 3_000;
/** Where something happens all the time, it is given back after a minute. */
const settleTries = 20;

export interface Settling {
  /** Another one whenever something has happened. */
  readonly state: () => unknown;
  readonly later: (ms: number, act: () => void) => void;
  readonly settle: () => void;
}

/** A thousand first starts take longer than a second, and leave the most behind. */
export function settleWhenQuiet(settling: Settling, seen: unknown = null, triesLeft = settleTries): void {
  const state = settling.state();
  if (seen === state || triesLeft === 0) settling.settle();
  else settling.later(settledMs, () => settleWhenQuiet(settling, state, triesLeft - 1));
}
