import type { LaunchRequest, LaunchResult, Spawner } from '../../ports/spawner.ts';
import { launchMark } from '../launch-mark.ts';
import type { LaunchOffsets } from '../launch-offsets.ts';
import type { ChildHandles } from './child-handles.ts';
import { startChild } from './child-process.ts';
import type { CrashDumps } from './evidence/crash-dumps.ts';
import type { Jobs } from './jobs.ts';
import { starterMark } from './starter-mark.ts';

/** A start holds the main thread for some milliseconds; after so long the event loop gets its turn, so that exits are not seen late. */
const turnMs = 3;

export interface SpawnerParts {
  readonly offsets: LaunchOffsets;
  readonly children: ChildHandles;
  readonly jobs: Jobs;
  readonly crashDumps: CrashDumps;
}

interface Waiting {
  readonly request: LaunchRequest;
  readonly report: (result: LaunchResult) => void;
}

/** Starts children by CreateProcessW, each in a job and a console of its own. Reports come after the call has returned. */
export class JobSpawner implements Spawner {
  readonly #parts: SpawnerParts;
  /** As long as the engine's list of starts under way, which is bounded there. */
  readonly #waiting: Waiting[] = [];
  #isTurnPlanned = false;

  constructor(parts: SpawnerParts) {
    this.#parts = parts;
  }

  launch(request: LaunchRequest, report: (result: LaunchResult) => void): void {
    this.#waiting.push({ request, report });
    if (this.#isTurnPlanned) return;
    // The first of a turn starts at once: a restart must not wait for the event loop.
    this.#isTurnPlanned = true;
    this.#startNext();
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const endMs = performance.now() + turnMs;
    while (this.#waiting.length > 0) {
      this.#startNext();
      if (performance.now() >= endMs) break;
    }
    this.#isTurnPlanned = this.#waiting.length > 0;
    if (this.#isTurnPlanned) setImmediate(() => this.#turn());
  }

  #startNext(): void {
    const { request, report } = this.#waiting.shift() as Waiting;
    const { jobs, children, offsets, crashDumps } = this.#parts;
    const marks = { [launchMark]: request.launch, [starterMark]: String(process.pid) };
    const environment = { ...request.environment, ...marks };
    const started = startChild({ ...request, environment }, (handle, file) => {
      jobs.put(request.launch, handle);
      if (request.allowsCore === true) crashDumps.register(file, request.wantsWholeCore === true ? 'full' : 'mini');
    });
    if (!started.ok) {
      queueMicrotask(() => report(started));
      return;
    }
    const { instance, handle, outputOffset } = started;
    children.keep(instance, handle);
    offsets.set(instance, outputOffset);
    queueMicrotask(() => report({ ok: true, instance }));
  }
}
