/** A timer with its limit, whatever it is a timer of. */
export interface Timer {
  readonly elapsedMs: number;
  readonly limitMs: number;
}

/** The one that has used up most of its limit; undefined where none runs. */
export function nearestToLimit<T extends Timer>(timers: readonly T[]): T | undefined {
  return timers.reduce<T | undefined>(
    (nearest, timer) => (nearest === undefined || shareOf(timer) > shareOf(nearest) ? timer : nearest),
    undefined,
  );
}

/** From 0 on; 1 and more: it has run out. */
export function shareOf({ elapsedMs, limitMs }: Timer): number {
  return limitMs > 0 ? elapsedMs / limitMs : 0;
}
