// Probes by a program of somebody's.
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { openPipe } from '../../../native-bindings/linux/pipe.ts';
import { isProcessGroupEmpty } from '../../../native-bindings/linux/process-group.ts';
import type { Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import type { ProbeVerdict } from '../../ports/stall-prober.ts';
import { oneLine } from '../one-line.ts';
import { deadline, type Probe, timedOut } from '../probe.ts';
import type { Judge, ProgramProber } from '../probe-judges.ts';
import { type StartedChild, startChild } from './child-process.ts';
import { signalInstance } from './kill-until-gone.ts';
import { PipeBeginning } from './probe-line.ts';
import { instanceOf, isLiving, listPids, type ProcessStat, readStat, statOf } from './proc.ts';
import { familiesOf, membersOf } from './process-tree.ts';
import type { PidfdTerminator } from './terminator.ts';

/** What is kept of a line, in characters. */
const lineBound = 300;

export interface RunnerParts {
  readonly events: KernelEvents;
  readonly watcher: ProcessWatcher;
  readonly terminator: PidfdTerminator;
}

/** Runs the programs that probe, and leaves none behind. */
export class ProbeRunner implements ProgramProber {
  private readonly parts: RunnerParts;
  private readonly running = new Set<Instance>();
  private isClosed = false;

  constructor(parts: RunnerParts) {
    this.parts = parts;
  }

  probe(command: readonly string[], pid: number, timeoutMs: number, judge: Judge): Probe {
    /** Of the run before, what even SIGKILL did not end. */
    let left: Instance | null = null;
    return (done) => {
      const later = (verdict: ProbeVerdict) => {
        let isWanted = true;
        queueMicrotask(() => isWanted && done(verdict));
        return () => {
          isWanted = false;
        };
      };
      // In uninterruptible sleep nothing can be killed. One such probe is enough.
      if (left !== null && isThere(left)) return later(cannotBeKilled(left));
      const run = this.start(command, pid);
      if (typeof run === 'string') return later({ is: 'unknown', text: run });
      const { instance, output, errors } = run;
      let isOpen = true;
      const finish = () => {
        isOpen = false;
        cancel();
        const line = output.firstLine();
        const errorLine = errors.firstLine();
        return oneLine(line === '' ? errorLine : line, lineBound);
      };
      const cancel = deadline(timeoutMs, () => {
        finish();
        this.kill(instance, (isGone) => {
          left = isGone ? null : instance;
          if (isWanted) done(timedOut(timeoutMs));
        });
      });
      let isWanted = true;
      this.running.add(instance);
      this.parts.watcher.watch(instance, (exit) => {
        this.running.delete(instance);
        if (!isOpen) return;
        const line = finish();
        // Whom it started and left behind.
        if (!isProcessGroupEmpty(instance.pid)) this.parts.terminator.killSession(instance, () => {});
        done(judge(exit, line));
      });
      return () => {
        isWanted = false;
        if (!isOpen) return;
        finish();
        this.kill(instance, () => {});
      };
    };
  }

  /** Kills at once whatever runs, since afterwards nobody is there to do it. */
  close(): void {
    this.isClosed = true;
    // Twice: one that was about to start another may have done so during the first pass.
    for (let pass = 0; pass < 2 && this.running.size > 0; pass++) killNow([...this.running]);
    this.running.clear();
  }

  private start(command: readonly string[], pid: number): Started | string {
    const { events } = this.parts;
    const output = openPipe();
    const errors = typeof output === 'number' ? output : openPipe();
    if (typeof output === 'number' || typeof errors === 'number') {
      if (typeof output !== 'number') for (const end of [output.read, output.write]) closeSync(end);
      return `${command[0]} could not be started: the engine has no file descriptors left. Raise its limit (LimitNOFILE= in the unit, ulimit -Hn in a shell).`;
    }
    const started: StartedChild = startChild({
      command,
      directory: null,
      environment: { ...process.env, PROCSAVER_PID: String(pid) } as Record<string, string>,
      outputFile: '/dev/null',
      descriptors: { output: output.write, errors: errors.write },
      umask: null,
      nice: null,
    });
    closeSync(output.write);
    closeSync(errors.write);
    if (started.ok) {
      return {
        instance: started.instance,
        output: new PipeBeginning(output.read, events),
        errors: new PipeBeginning(errors.read, events),
      };
    }
    closeSync(output.read);
    closeSync(errors.read);
    return started.problem;
  }

  private kill(instance: Instance, report: (isGone: boolean) => void): void {
    if (this.isClosed) return;
    this.parts.terminator.killTree(instance, { tree: true, launch: null }, (pids) =>
      report(!pids.includes(instance.pid)),
    );
  }
}

interface Started {
  readonly instance: Instance;
  readonly output: PipeBeginning;
  readonly errors: PipeBeginning;
}

function killNow(roots: readonly Instance[]): void {
  const processes = new Map<number, ProcessStat>();
  for (const pid of listPids()) {
    const stat = readStat(pid);
    if (stat !== null) processes.set(pid, stat);
  }
  const families = familiesOf(processes);
  for (const root of roots) {
    const members = membersOf({ root, remembered: new Map(), leadsSession: true }, families);
    for (const member of members) signalInstance(instanceOf(member), constants.signals.SIGKILL);
  }
}

function isThere(instance: Instance): boolean {
  const stat = statOf(instance);
  return stat !== null && isLiving(stat);
}

function cannotBeKilled({ pid }: Instance): ProbeVerdict {
  return {
    is: 'timeout',
    text: `the probe before, pid ${pid}, hangs in the kernel and cannot be killed; no other is started beside it`,
  };
}
