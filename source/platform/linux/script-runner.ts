import { renameSync, statSync } from 'node:fs';
import type { Exit, Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import type { ScriptRequest, ScriptResult, ScriptRunner } from '../../ports/script-runner.ts';
import { commandAs } from './change-user.ts';
import { outputSince, startChild } from './child-process.ts';
import { launchMark } from './spawner.ts';
import type { PidfdTerminator } from './terminator.ts';

/** A script's output file is renamed to `.1` before a run that finds it larger than this. */
const outputBoundBytes = 1024 * 1024;

interface Run {
  /** Null while the user is being looked up. */
  instance: Instance | null;
}

/** Runs each script in a session of its own. Reports come after the call has returned. */
export class SessionScriptRunner implements ScriptRunner {
  private readonly watcher: ProcessWatcher;
  private readonly terminator: PidfdTerminator;
  private readonly runs = new Map<string, Run>();

  constructor(watcher: ProcessWatcher, terminator: PidfdTerminator) {
    this.watcher = watcher;
    this.terminator = terminator;
  }

  run(key: string, request: ScriptRequest, report: (result: ScriptResult) => void): void {
    // A second run under the same key replaces the first.
    this.cancel(key);
    const run: Run = { instance: null };
    this.runs.set(key, run);
    const finish = (result: ScriptResult) => {
      if (this.runs.get(key) !== run) return;
      this.runs.delete(key);
      report(result);
    };
    commandAs(request, request.command, (changed) => {
      if (this.runs.get(key) !== run) return;
      if (!changed.ok) return finish(changed);
      const mark = request.launch === null ? {} : { [launchMark]: request.launch };
      const environment = { ...changed.environment, ...request.environment, ...mark };
      this.start(run, { ...request, command: changed.command, environment }, finish);
    });
  }

  cancel(key: string): void {
    const run = this.runs.get(key);
    this.runs.delete(key);
    // Its exit is still waited for by the watcher, so that no zombie stays.
    if (run?.instance != null) this.terminator.killSession(run.instance, () => {});
  }

  private start(run: Run, request: ScriptRequest, finish: (result: ScriptResult) => void): void {
    keepOutputBounded(request.outputFile);
    const started = startChild(request);
    if (!started.ok) {
      queueMicrotask(() => finish(started));
      return;
    }
    run.instance = started.instance;
    this.watcher.watch(started.instance, (exit) => finish(resultOf(exit, request, started.outputOffset)));
  }
}

function resultOf(exit: Exit, request: ScriptRequest, outputOffset: number): ScriptResult {
  if ('code' in exit && exit.code === 0) return { ok: true };
  const how =
    'code' in exit
      ? `ended with exit status ${exit.code}`
      : 'signal' in exit
        ? `was killed by ${exit.signal}`
        : `ended, ${exit.unknown}`;
  const lastLine = outputSince(request.outputFile, outputOffset).trim().split('\n').at(-1);
  const said =
    lastLine === undefined || lastLine === '' ? 'It wrote nothing.' : `Its last line: ${lastLine.slice(0, 300)}`;
  return { ok: false, problem: `${request.command.join(' ')} ${how}. ${said} All of it is in ${request.outputFile}.` };
}

function keepOutputBounded(file: string): void {
  try {
    if (statSync(file).isFile() && statSync(file).size > outputBoundBytes) renameSync(file, `${file}.1`);
  } catch {
    // No such file yet; whatever else is wrong with it, the start says.
  }
}
