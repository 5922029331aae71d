import { listPids, type ProcessStat, readStat } from './proc.ts';

/** A pass over /proc gives the event loop its turn after so long, so that no exit is seen late for it. */
const turnMs = 1;

/** Reads the stat of every process, in turns, and reports them all by pid. `read` may know some without asking the kernel. */
export function scanProcesses(report: (processes: ReadonlyMap<number, ProcessStat>) => void, read = readStat): void {
  const found = new Map<number, ProcessStat>();
  const add = (pid: number) => {
    const stat = read(pid);
    if (stat !== null) found.set(pid, stat);
  };
  setImmediate(() => inTurns(listPids(), add, () => report(found)));
}

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
