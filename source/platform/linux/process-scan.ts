import { inTurns } from '../in-turns.ts';
import { listPids, type ProcessStat, readStat } from './proc.ts';

/** Reads the stat of every process, in turns, and reports them all by pid. `read` may know some without asking the kernel. */
export function scanProcesses(report: (processes: ReadonlyMap<number, ProcessStat>) => void, read = readStat): void {
  const found = new Map<number, ProcessStat>();
  const add = (pid: number) => {
    const stat = read(pid);
    if (stat !== null) found.set(pid, stat);
  };
  setImmediate(() => inTurns(listPids(), add, () => report(found)));
}
