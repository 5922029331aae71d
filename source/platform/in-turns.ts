import { setImmediate as turn } from 'node:timers/promises';

/** A long pass gives the event loop its turn after so long, so that no exit is seen late for it. */
const turnMs = 1;

/** Does `work` for each item as it is made, in turns as above. What either throws rejects. */
export async function forEachInTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let endMs = performance.now() + turnMs;
  for (const item of items) {
    work(item);
    if (performance.now() < endMs) continue;
    await turn();
    endMs = performance.now() + turnMs;
  }
}

/** The same for those that are there, then reports. */
export function inTurns<Item>(items: readonly Item[], work: (item: Item) => void, report: () => void): void {
  let next = 0;
  const goOn = () => {
    const endMs = performance.now() + turnMs;
    for (; next < items.length && performance.now() < endMs; next++) work(items[next] as Item);
    if (next < items.length) setImmediate(goOn);
    else report();
  };
  goOn();
}
