import type { Instance } from '../../ports/instance.ts';
import type { ProcessWatcher } from '../../ports/process-watcher.ts';
import type { ScriptRequest, ScriptResult, ScriptRunner } from '../../ports/script-runner.ts';
import { launchMark } from '../launch-mark.ts';
import { keepOutputBounded, resultOf } from '../script-result.ts';
import type { ChildHandles } from './child-handles.ts';
import { startChild } from './child-process.ts';
import { starterMark } from './starter-mark.ts';
import type { HandleTerminator } from './terminator.ts';

export interface ScriptParts {
  readonly watcher: ProcessWatcher;
  readonly terminator: HandleTerminator;
  readonly children: ChildHandles;
}

/** Runs each script in a console of its own. It has no job: what it starts is to outlive it. Reports come after the call has returned. */
export class ConsoleScriptRunner implements ScriptRunner {
  readonly #parts: ScriptParts;
  readonly #runs = new Map<string, Instance>();

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  run(key: string, request: ScriptRequest, report: (result: ScriptResult) => void): void {
    // A second run under the same key replaces the first.
    this.cancel(key);
    keepOutputBounded(request.outputFile);
    const marks = request.launch === null ? {} : { [launchMark]: request.launch, [starterMark]: String(process.pid) };
    const started = startChild({ ...request, environment: { ...request.environment, ...marks } }, () => {});
    if (!started.ok) {
      queueMicrotask(() => report(started));
      return;
    }
    const { instance, handle, outputOffset } = started;
    this.#runs.set(key, instance);
    this.#parts.children.keep(instance, handle);
    this.#parts.watcher.watch(instance, (exit) => {
      if (this.#runs.get(key) !== instance) return;
      this.#runs.delete(key);
      report(resultOf(exit, request, outputOffset));
    });
  }

  /** A daemon whose starter has ended lives on; what still hangs on the script dies with it. */
  cancel(key: string): void {
    const instance = this.#runs.get(key);
    this.#runs.delete(key);
    if (instance !== undefined) this.#parts.terminator.killDescendants(instance, () => {});
  }
}
