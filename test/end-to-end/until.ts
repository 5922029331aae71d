// The one place where a test looks again and again, because nothing tells it.
import { setTimeout as delay } from 'node:timers/promises';

const betweenLooksMs = 15;
const usualWithinMs = 15_000;

/** Looks until it sees something (neither undefined, null nor false) and returns that. After the deadline it throws, saying what was awaited. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = usualWithinMs,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<T, undefined | null | false>;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what}`);
    await delay(betweenLooksMs);
  }
}
