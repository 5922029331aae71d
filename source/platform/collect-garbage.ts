import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8 plans a collection for 30 s after its own start; a little later than that it may plan others. */
const ownCollectionMs = 35_000;

/**
 * Collects everything at once, some 20 ms for the heap of a daemon with 1,000 processes. V8 does so by itself only when
 * something is allocated, and a daemon at rest allocates nothing: what its start left behind would stay for hours.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { readonly type: string; readonly flavor: string }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
  // Two more would find next to nothing, use 70 ms, and map again the code that was just given back.
  setFlagsFromString('--memory-reducer-gc-count=0');
  setTimeout(() => setFlagsFromString('--memory-reducer-gc-count=2'), ownCollectionMs).unref();
}
