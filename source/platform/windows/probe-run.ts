// Probes by a program of somebody's.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { closeHandle, openProcess, processRight } from '../../../native-bindings/windows/process-handle.ts';
import type { ProbeVerdict } from '../../ports/stall-prober.ts';
import { oneLine } from '../one-line.ts';
import { deadline, type Probe, timedOut } from '../probe.ts';
import type { Judge, ProgramProber } from '../probe-judges.ts';
import { exitOf } from './exit-words.ts';
import { Jobs } from './jobs.ts';
import { findProgram, variable } from './program-file.ts';
import { programLine } from './program-line.ts';

/** What is kept of a line, in characters, and what is read to find it. */
const lineBound = 300;
const readBound = 4_096;

interface Run {
  readonly child: ChildProcess;
  readonly firstLine: () => string;
  readonly kill: () => void;
}

/** Runs the programs that probe, and leaves none behind: each is in a job of its own, and ends with this process. */
export class JobProbeRunner implements ProgramProber {
  readonly #jobs = new Jobs();
  readonly #running = new Set<Run>();
  #count = 0;

  probe(command: readonly string[], pid: number, timeoutMs: number, judge: Judge): Probe {
    return (done) => {
      let isOpen = true;
      const later = (verdict: ProbeVerdict) => {
        queueMicrotask(() => isOpen && done(verdict));
        return () => {
          isOpen = false;
        };
      };
      const run = this.#start(command, pid);
      if (typeof run === 'string') return later({ is: 'unknown', text: run });
      const finish = (): boolean => {
        if (!isOpen) return false;
        isOpen = false;
        cancel();
        return true;
      };
      const cancel = deadline(timeoutMs, () => {
        if (finish()) done(timedOut(timeoutMs));
        run.kill();
      });
      run.child.once('error', ({ message }) => {
        if (finish()) done({ is: 'unknown', text: `${command[0]} could not be started: ${message}` });
        run.kill();
      });
      run.child.once('exit', (code) => {
        // What it wrote last is on its way still.
        setImmediate(() => {
          if (finish()) done(judge(exitOf((code ?? 1) >>> 0), run.firstLine()));
          run.kill();
        });
      });
      return () => {
        if (finish()) run.kill();
      };
    };
  }

  close(): void {
    for (const run of [...this.#running]) run.kill();
  }

  #start(command: readonly string[], pid: number): Run | string {
    const environment = { ...process.env, PROCSAVER_PID: String(pid) } as Record<string, string>;
    const program = findProgram(command[0] ?? '', environment, null);
    if ('problem' in program) return program.problem;
    const line = programLine(program.file, command, variable(environment, 'ComSpec') ?? 'cmd.exe');
    if ('problem' in line) return line.problem;
    // The line is quoted already; its first word is the program, which is given apart.
    const { argv0, rest } = cut(line.line);
    const child = spawn(line.file, [rest], {
      argv0,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      windowsVerbatimArguments: true,
    });
    const output = beginningOf(child.stdout);
    const errors = beginningOf(child.stderr);
    return this.#keep(child, () => oneLine(output() === '' ? errors() : output(), lineBound));
  }

  #keep(child: ChildProcess, firstLine: () => string): Run {
    const name = `probe-${process.pid}-${this.#count++}`;
    const rights = processRight.TERMINATE | processRight.SET_QUOTA | processRight.DUP_HANDLE;
    const handle = child.pid === undefined ? -1 : openProcess(child.pid, rights);
    if (handle >= 0) {
      this.#jobs.put(name, handle);
      closeHandle(handle);
    }
    const run: Run = {
      child,
      firstLine,
      kill: () => {
        if (!this.#running.delete(run)) return;
        this.#jobs.kill(name);
        this.#jobs.release(name);
      },
    };
    this.#running.add(run);
    return run;
  }
}

function cut(line: string): { readonly argv0: string; readonly rest: string } {
  const end = line.indexOf('"', 1) + 1;
  return { argv0: line.slice(0, end), rest: line.slice(end + 1) };
}

/** Its first line, as far as it was read by now. */
function beginningOf(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (more: string) => {
    if (text.length < readBound) text += more;
  });
  stream.on('error', () => {});
  return () => text.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
}
