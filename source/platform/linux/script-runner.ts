import type { Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import type { ScriptRequest, ScriptResult, ScriptRunner } from '../../ports/script-runner.ts';
import { launchMark } from '../launch-mark.ts';
import { keepOutputBounded, resultOf } from '../script-result.ts';
import { commandAs } from './change-user.ts';
import { startChild } from './child-process.ts';
import type { PidfdTerminator } from './terminator.ts';

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
