/** What the start has left behind is given back to the kernel when nothing has happened for so long. */
const quietMs = 3_000;
/** Where something happens all the time, it is given back after a minute. */
const quietTries = 20;
/** Each look at what is watched leaves a little behind, with 1,000 processes 0.6 MB a minute: V8 by itself would wait for 15 MB. */
const againMs = 600_000;

export interface Settling {
  /** Another one whenever something has happened. */
  readonly state: () => unknown;
  /** Once. */
  readonly settle: () => void;
  /** Now and then afterwards. */
  readonly collect: () => void;
  /** Rejects with an AbortError when the engine has ended. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** A thousand first starts take longer than a second, and leave the most behind. Goes on until the engine has ended. */
export async function settleWhenQuiet(settling: Settling): Promise<void> {
  try {
    await quiet(settling);
    settling.settle();
    for (;;) {
      await settling.pause(againMs);
      await quiet(settling);
      settling.collect();
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}

async function quiet({ state, pause }: Settling): Promise<void> {
  let seen: unknown = null;
  for (let triesLeft = quietTries; seen !== state() && triesLeft > 0; triesLeft--) {
    seen = state();
    await pause(quietMs);
  }
}
