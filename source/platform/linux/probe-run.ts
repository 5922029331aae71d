import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import { startChild } from './child-process.ts';
import type { Probe } from './probe-network.ts';
import type { PidfdTerminator } from './terminator.ts';

/** Exit 0 within the time. What it writes is thrown away; it finds the pid of the process in PROCSAVER_PID. */
export function probeRun(
  command: readonly string[],
  pid: number,
  timeoutMs: number,
  watcher: ProcessWatcher,
  terminator: PidfdTerminator,
): Probe {
  return (done) => {
    const environment = { ...process.env, PROCSAVER_PID: String(pid) } as Record<string, string>;
    const started = startChild({
      command,
      directory: null,
      environment,
      outputFile: '/dev/null',
      umask: null,
      nice: null,
    });
    if (!started.ok) {
      queueMicrotask(() => done(false));
      return () => {};
    }
    let isOpen = true;
    const end = (holds: boolean | null) => {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(deadline);
      if (holds !== null) done(holds);
    };
    const give = (holds: boolean | null) => {
      if (isOpen) terminator.killSession(started.instance, () => {});
      end(holds);
    };
    const deadline = setTimeout(() => give(false), timeoutMs);
    watcher.watch(started.instance, (exit) => end('code' in exit && exit.code === 0));
    return () => give(null);
  };
}
