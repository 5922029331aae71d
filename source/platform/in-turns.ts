/** A long pass gives the event loop its turn after so long, so that no exit is seen late for it. */
const turnMs = 1;

/** Does `work` for each item, in turns as above, then reports. */
export function inTurns<Item>(items: readonly Item[], work: (item: Item) => void, report: () => void): void {
  let next = 0;
  const turn = () => {
    const endMs = performance.now() + turnMs;
    for (; next < items.length && performance.now() < endMs; next++) work(items[next] as Item);
    if (next < items.length) setImmediate(turn);
    else report();
  };
  turn();
}
