// A debugger that is killed while it holds a process may leave it stopped, which would be a stall of our own making.
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Instance } from '../../../ports/instance.ts';
import { signalInstance } from '../kill-until-gone.ts';
import { statOf } from '../proc.ts';

const looks = 10;
const betweenMs = 20;

const isStopped = (state: string | undefined): boolean => state === 'T' || state === 't';

/** Runs `work`, which lets tools hold the process, and sees to it that it runs afterwards if it ran before. */
export async function leftRunning<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  const wasStopped = isStopped(statOf(instance)?.state);
  try {
    return await work();
  } finally {
    if (!wasStopped) await wake(instance);
  }
}

async function wake(instance: Instance): Promise<void> {
  for (let look = 0; look < looks && isStopped(statOf(instance)?.state); look++) {
    signalInstance(instance, constants.signals.SIGCONT);
    // The kernel lets go of it when the tracer has ended wholly.
    await wait(betweenMs);
  }
}
