import { listPids, type ProcessStat, readStat } from './proc.ts';

/** A pass over /proc gives the event loop its turn after so many processes (about a millisecond), so that no exit is seen late for it. */
const processesPerTurn = 64;

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
    for (const end = Math.min(next + processesPerTurn, items.length); next < end; next++) work(items[next] as Item);
    if (next < items.length) setImmediate(turn);
    else report();
  };
  turn();
}
