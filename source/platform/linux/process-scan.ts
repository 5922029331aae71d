import { inTurns } from '../in-turns.ts';
import { listPids, type ProcessStat, readStat } from './proc.ts';

/**
 * Reads the stat of every process, in turns, and reports them all by pid, with the pids of all that there are. `read` may know some
 * without asking the kernel, and leaves out others by null.
 */
export function scanProcesses(
  report: (processes: ReadonlyMap<number, ProcessStat>, pids: readonly number[]) => void,
  read = readStat,
): void {
  const found = new Map<number, ProcessStat>();
  const add = (pid: number) => {
    const stat = read(pid);
    if (stat !== null) found.set(pid, stat);
  };
  setImmediate(() => {
    const pids = listPids();
    inTurns(pids, add, () => report(found, pids));
  });
}
