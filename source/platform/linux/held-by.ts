import { readSmallFile, readStat } from './proc.ts';

/** What keeps a process from running at this moment, for people; null: nothing does. */
export function heldBy(pid: number, isFrozen: boolean): string | null {
  const tracer = tracerOf(pid);
  if (tracer !== 0) return `a debugger (${nameOf(tracer)}pid ${tracer})`;
  return isFrozen ? 'its cgroup is frozen' : null;
}

/** TracerPid of /proc/PID/status, see proc_pid_status(5): gdb, strace; 0 when nobody traces it. */
function tracerOf(pid: number): number {
  const found = /^TracerPid:\s+(\d+)/m.exec(readSmallFile(`/proc/${pid}/status`) ?? '');
  return Number(found?.[1] ?? 0);
}

function nameOf(pid: number): string {
  const stat = readStat(pid);
  return stat === null ? '' : `${stat.name}, `;
}
