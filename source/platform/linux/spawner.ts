import { readdirSync, realpathSync } from 'node:fs';
import { closeDescriptor, pidfdOpen, waitForChild } from '../../../native-bindings/linux/pidfd.ts';
import { closeOnExec } from '../../../native-bindings/linux/spawn.ts';
import type { Instance } from '../../ports/instance.ts';
import type { LaunchRequest, LaunchResult, Spawner } from '../../ports/spawner.ts';
import { launchMark } from '../launch-mark.ts';
import type { LaunchOffsets } from '../launch-offsets.ts';
import { writtenSince } from '../written-since.ts';
import { commandAs } from './change-user.ts';
import { type ChildOrder, startChild } from './child-process.ts';
import { allowCore } from './evidence/allow-core.ts';
import { findProgram } from './executable-file.ts';
import { isLiving, readExecutable, statOf } from './proc.ts';

/** A start holds the main thread for a millisecond, for several on a busy machine; after so long the event loop gets its turn, so that exits are not seen late. */
const turnMs = 3;
/** setpriv is looked at after 1, 2, 4 ... ms until it has become the program; beyond this it is left alone. */
const setprivPatienceMs = 2_000;

interface Waiting {
  readonly order: ChildOrder;
  readonly isThroughSetpriv: boolean;
  readonly allowsCore: boolean;
  readonly report: (result: LaunchResult) => void;
}

/** Starts children by posix_spawn (measured: docs/measurements.md). Reports come after the call has returned. */
export class PosixSpawner implements Spawner {
  private readonly offsets: LaunchOffsets;
  /** As long as the engine's list of starts under way, which is bounded there. */
  private readonly waiting: Waiting[] = [];
  private isTurnPlanned = false;

  constructor(offsets: LaunchOffsets) {
    this.offsets = offsets;
    closeInheritedOnExec();
  }

  launch(request: LaunchRequest, report: (result: LaunchResult) => void): void {
    const { allowsCore = false } = request;
    if (request.user === null && request.group === null) {
      this.enqueue({ order: orderOf(request, request.command), isThroughSetpriv: false, allowsCore, report });
      return;
    }
    commandAs(request, request.command, (changed) => {
      if (!changed.ok) {
        report(changed);
        return;
      }
      // setpriv could only say it in the output, so the program is looked for here first.
      const program = findProgram(request.command[0] ?? '', request.environment['PATH'], request.directory);
      if ('problem' in program) report({ ok: false, problem: program.problem });
      else
        this.enqueue({
          order: orderOf(
            { ...request, environment: { ...changed.environment, ...request.environment } },
            changed.command,
          ),
          isThroughSetpriv: changed.isThroughSetpriv,
          allowsCore,
          report,
        });
    });
  }

  private enqueue(launch: Waiting): void {
    this.waiting.push(launch);
    if (this.isTurnPlanned) return;
    // The first of a turn starts at once: a restart must not wait for the event loop.
    this.isTurnPlanned = true;
    this.startNext();
    setImmediate(() => this.turn());
  }

  private turn(): void {
    const endMs = performance.now() + turnMs;
    while (this.waiting.length > 0) {
      this.startNext();
      if (performance.now() >= endMs) break;
    }
    this.isTurnPlanned = this.waiting.length > 0;
    if (this.isTurnPlanned) setImmediate(() => this.turn());
  }

  private startNext(): void {
    const { order, isThroughSetpriv, allowsCore, report } = this.waiting.shift() as Waiting;
    const started = startChild(order);
    if (!started.ok) {
      queueMicrotask(() => report(started));
      return;
    }
    const { instance, outputOffset } = started;
    this.offsets.set(instance, outputOffset);
    // Where it may not, an incident without a core says so.
    if (allowsCore) allowCore(instance);
    if (isThroughSetpriv) awaitProgram(instance, order, outputOffset, 1, report);
    else queueMicrotask(() => report({ ok: true, instance }));
  }
}

function orderOf(request: LaunchRequest, command: readonly string[]): ChildOrder {
  const { directory, outputFile, umask, nice } = request;
  return {
    command,
    directory,
    outputFile,
    umask,
    nice,
    environment: { ...request.environment, [launchMark]: request.launch },
  };
}

/** Only root changes users, and root may read what each process runs: no more setpriv means that the program runs. */
function awaitProgram(
  instance: Instance,
  order: ChildOrder,
  offset: number,
  waitMs: number,
  report: (result: LaunchResult) => void,
): void {
  setTimeout(() => {
    const stat = statOf(instance);
    if (stat === null || !isLiving(stat)) {
      report(afterSetpriv(instance, order, offset));
      return;
    }
    // A process that is just ending has no program any more.
    const runs = readExecutable(instance.pid);
    const hasChanged = runs !== null && runs !== realpathSync(order.command[0] as string);
    if (hasChanged || waitMs > setprivPatienceMs) report({ ok: true, instance });
    else awaitProgram(instance, order, offset, waitMs * 2, report);
  }, waitMs);
}

function afterSetpriv(instance: Instance, order: ChildOrder, offset: number): LaunchResult {
  const said = writtenSince(order.outputFile, offset);
  // Else the program itself ran and has ended already; whoever watches it hears how.
  if (!said.startsWith('setpriv: ')) return { ok: true, instance };
  buryChild(instance.pid);
  return { ok: false, problem: `The program could not be started as another user: ${said.trim()}` };
}

/** Nobody will watch this one, so its status is taken here. */
function buryChild(pid: number): void {
  const pidfd = pidfdOpen(pid);
  if (pidfd < 0) return;
  waitForChild(pidfd);
  closeDescriptor(pidfd);
}

/** Whoever started the engine may have left it open descriptors; children get none of them. */
function closeInheritedOnExec(): void {
  for (const name of readdirSync('/proc/self/fd')) if (Number(name) > 2) closeOnExec(Number(name));
}
