import type { ExitWaits } from '../../../native-bindings/windows/exit-wait.ts';
import {
  closeHandle,
  hasEnded,
  processRight,
  terminateProcess,
} from '../../../native-bindings/windows/process-handle.ts';
import type { Instance } from '../../ports/instance.ts';
import { isAlive, openInstance } from './instances.ts';
import { killedCode } from './jobs.ts';

/** After this long the victims are looked for again: some may have started others meanwhile. */
const roundMs = 50;
/** One that a driver holds cannot end; then we stop waiting and say who is left. */
const patienceMs = 1_000;

/** Kills whoever `findVictims` names, round after round, until it names nobody or the patience ends; reports who is left. */
export function killUntilGone(
  waits: ExitWaits,
  findVictims: () => readonly Instance[],
  report: (leftPids: readonly number[]) => void,
): void {
  const deadline = performance.now() + patienceMs;
  const round = (): void => {
    const victims = findVictims();
    if (victims.length === 0) report([]);
    else if (performance.now() >= deadline) report(victims.map(({ pid }) => pid));
    else killAll(waits, victims, round);
  };
  setImmediate(round);
}

/** One TerminateProcess for each, through a handle whose identity was checked; `done` when all have ended, or after a round's time. */
function killAll(waits: ExitWaits, victims: readonly Instance[], done: () => void): void {
  const awaited = new Map<number, number>();
  const finish = (): void => {
    clearTimeout(timeout);
    for (const wait of [...awaited.keys()]) release(wait);
    // Whoever watches these processes hears of their end in the same turn; the next step is for the turn after it.
    setImmediate(done);
  };
  const release = (wait: number): void => {
    waits.remove(wait);
    const handle = awaited.get(wait);
    awaited.delete(wait);
    if (handle !== undefined) closeHandle(handle);
  };
  const timeout = setTimeout(finish, roundMs);
  for (const victim of victims) {
    const opened = openInstance(victim, processRight.TERMINATE);
    if (opened.kind !== 'open') continue;
    const { handle } = opened;
    terminateProcess(handle, killedCode);
    const wait: number = hasEnded(handle)
      ? -1
      : waits.add(handle, () => {
          release(wait);
          if (awaited.size === 0) finish();
        });
    if (wait < 0) closeHandle(handle);
    else awaited.set(wait, handle);
  }
  // Nobody to wait for: all have gone, or none can be opened; in the second case the round's time is the pause.
  if (awaited.size === 0 && !victims.some(isAlive)) finish();
}

/** Ends it at once. Null when that is done, or it has ended already; else the error. */
export function killInstance(instance: Instance): number | null {
  const opened = openInstance(instance, processRight.TERMINATE);
  if (opened.kind !== 'open') return opened.kind === 'gone' ? null : opened.error;
  const result = terminateProcess(opened.handle, killedCode);
  const isOver = result >= 0 || hasEnded(opened.handle);
  closeHandle(opened.handle);
  return isOver ? null : -result;
}
