import { constants } from 'node:os';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { errno } from '../../../native-bindings/linux/libc.ts';
import { closeDescriptor, pidfdSendSignal } from '../../../native-bindings/linux/pidfd.ts';
import type { Instance } from '../../ports/instance.ts';
import { openInstance } from './open-instance.ts';
import { isLiving, statOf } from './proc.ts';

/** After this long the victims are looked for again: some may have started others meanwhile. */
const roundMs = 50;
/** A process in uninterruptible sleep cannot be killed; then we stop waiting and say who is left. */
const patienceMs = 1_000;

/**
 * Kills whoever `findVictims` names, round after round, until it names nobody or the patience ends; reports who is left.
 * Deaths are awaited on their pidfds, so a round is as short as the dying.
 */
export function killUntilGone(
  events: KernelEvents,
  findVictims: (report: (victims: readonly Instance[]) => void) => void,
  report: (leftPids: readonly number[]) => void,
): void {
  const deadline = performance.now() + patienceMs;
  const round = () => {
    findVictims((victims) => {
      if (victims.length === 0) report([]);
      else if (performance.now() >= deadline) report(victims.map(({ pid }) => pid));
      else killAll(events, victims, round);
    });
  };
  round();
}

/** One SIGKILL for each, through a pidfd whose identity was checked; `done` when all have ended, or after a round's time. */
function killAll(events: KernelEvents, victims: readonly Instance[], done: () => void): void {
  const awaited = new Set<number>();
  const finish = () => {
    clearTimeout(timeout);
    for (const pidfd of [...awaited]) release(pidfd);
    // Whoever watches these processes hears of their end in the same turn; the next step is for the turn after it.
    setImmediate(done);
  };
  const release = (pidfd: number) => {
    awaited.delete(pidfd);
    events.remove(pidfd);
    closeDescriptor(pidfd);
  };
  const timeout = setTimeout(finish, roundMs);
  for (const victim of victims) {
    const opened = openInstance(victim);
    if (opened.kind !== 'open') continue;
    pidfdSendSignal(opened.pidfd, constants.signals.SIGKILL);
    const added = events.add(opened.pidfd, () => {
      release(opened.pidfd);
      if (awaited.size === 0) finish();
    });
    if (added < 0) closeDescriptor(opened.pidfd);
    else awaited.add(opened.pidfd);
  }
  // Nothing to wait for: all have gone, or none can be held; in the second case the round's time is the pause.
  if (awaited.size === 0 && victims.every(isGone)) finish();
}

function isGone(instance: Instance): boolean {
  const stat = statOf(instance);
  return stat === null || !isLiving(stat);
}

/** Sends a signal to this very instance. 'gone' when it has ended; else zero or -errno. */
export function signalInstance(instance: Instance, signal: number): number | 'gone' {
  const opened = openInstance(instance);
  if (opened.kind === 'gone') return 'gone';
  if (opened.kind === 'failed') return -opened.errno;
  const result = pidfdSendSignal(opened.pidfd, signal);
  closeDescriptor(opened.pidfd);
  return result === -errno.ESRCH ? 'gone' : result;
}
