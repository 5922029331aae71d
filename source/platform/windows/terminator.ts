import type { ExitWaits } from '../../../native-bindings/windows/exit-wait.ts';
import { closeHandle, processRight } from '../../../native-bindings/windows/process-handle.ts';
import { type ListedProcess, listProcesses, listThreads } from '../../../native-bindings/windows/process-list.ts';
import { resumeAll, suspendCount } from '../../../native-bindings/windows/suspension.ts';
import { closeWindows } from '../../../native-bindings/windows/windows-of-process.ts';
import type { Instance } from '../../ports/instance.ts';
import type { Terminator } from '../../ports/terminator.ts';
import type { ConsoleEvents } from './console-events.ts';
import { instanceOf, isAlive, keyOf, openInstance } from './instances.ts';
import type { Jobs } from './jobs.ts';
import { killInstance, killUntilGone } from './kill-until-gone.ts';
import { familiesOf, membersOf } from './process-tree.ts';
import { type StopWay, stopWayOf } from './stop-way.ts';

/** Trees remembered by `ask` and never killed afterwards; the oldest is forgotten. */
const rememberedBound = 10_000;

export interface TerminatorParts {
  readonly waits: ExitWaits;
  readonly jobs: Jobs;
  readonly consoleEvents: ConsoleEvents;
}

/** Ends processes through handles whose identity was checked. Reports come after the call has returned. */
export class HandleTerminator implements Terminator {
  readonly #parts: TerminatorParts;
  /** pid → creation time, by instance. */
  readonly #remembered = new Map<string, Map<number, number>>();

  constructor(parts: TerminatorParts) {
    this.#parts = parts;
  }

  ask(instance: Instance, signal: string, report: (problem: string | null) => void): void {
    const later = (problem: string | null) => queueMicrotask(() => report(problem));
    const way = stopWayOf(signal);
    if (way === null) return later(`Windows has nothing like ${signal}. Use CTRL_C, CTRL_BREAK, WM_CLOSE or KILL.`);
    // Remembered before it is asked: when it has ended, nobody knows its children by descent.
    this.#remember(instance);
    if (!isAlive(instance)) return later(null);
    // Suspended it would obey nothing, and end by no grace however long.
    letGoOn(instance);
    this.#ask(instance, way, later);
  }

  killTree(
    instance: Instance,
    { tree, launch }: { readonly tree: boolean; readonly launch: string | null },
    report: (leftPids: readonly number[]) => void,
  ): void {
    const { waits, jobs } = this.#parts;
    const remembered = this.#remembered.get(keyOf(instance)) ?? new Map<number, number>();
    this.#remembered.delete(keyOf(instance));
    if (!tree) return killUntilGone(waits, () => (isAlive(instance) ? [instance] : []), report);
    const find = (): Instance[] => {
      // All at one blow first; what has left the job is killed one by one.
      if (launch !== null) jobs.kill(launch);
      const pids = launch === null ? [] : jobs.pidsOf(launch);
      const members = membersOf(instance, remembered, pids, familiesOf(listProcesses()));
      // So that their children are found when they are dead.
      for (const member of members) remembered.set(member.pid, member.createdAtUs);
      return living(members);
    };
    killUntilGone(waits, find, (left) => {
      if (launch !== null && left.length === 0) jobs.release(launch);
      report(left);
    });
  }

  /** Kills the instance and the living that descend from it through the living: whoever was left behind by a parent stays. */
  killDescendants(root: Instance, report: (leftPids: readonly number[]) => void): void {
    const find = () => living(membersOf(root, new Map(), [], familiesOf(listProcesses())));
    killUntilGone(this.#parts.waits, find, report);
  }

  #ask(instance: Instance, way: StopWay, report: (problem: string | null) => void): void {
    const { pid } = instance;
    if (way === 'kill') {
      const error = killInstance(instance);
      return report(error === null ? null : `Process ${pid} could not be ended: error ${error} of Windows`);
    }
    if (way === 'WM_CLOSE' || way === 'gentle') {
      if (closeWindows(pid) > 0) return report(null);
      if (way === 'WM_CLOSE')
        return report(`WM_CLOSE could not be sent to pid ${pid}: it has no window on the desktop of the engine`);
    }
    this.#parts.consoleEvents.send(way === 'gentle' ? 'CTRL_C' : way, pid, report);
  }

  #remember(instance: Instance): void {
    const known = this.#remembered.get(keyOf(instance)) ?? new Map<number, number>();
    for (const one of membersOf(instance, known, [], familiesOf(listProcesses()))) known.set(one.pid, one.createdAtUs);
    this.#remembered.set(keyOf(instance), known);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > rememberedBound && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

/** One that is ending stays in the list for a moment. */
function living(members: readonly ListedProcess[]): Instance[] {
  return members.map(instanceOf).filter(isAlive);
}

/** <winnt.h> */
const PROCESS_SUSPEND_RESUME = 0x0800;

function letGoOn(instance: Instance): void {
  const [first] = listThreads(instance.pid, 1)?.threads ?? [];
  if (first === undefined || (suspendCount(first.tid) ?? 0) === 0) return;
  const opened = openInstance(instance, PROCESS_SUSPEND_RESUME | processRight.QUERY_INFORMATION);
  if (opened.kind !== 'open') return;
  resumeAll(opened.handle);
  closeHandle(opened.handle);
}
