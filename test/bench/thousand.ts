// The daemon with 1,000 children that several sections share: started once, by whoever needs it first.
import { type Daemon, matchEntry, pause, profileText, startDaemon } from './daemon.ts';
import type { Programs } from './programs.ts';
import { demandRoom } from './room.ts';
import { latestStampMs, nowMs, stampsSoFar, until } from './stamps.ts';

export const many = 1000;
/** For the threads and scripts beside them, and for whoever else works on this machine. */
const reserve = 1000;

export interface FirstStarts {
  /** From the daemon's own start to the first moment of its last child. */
  readonly lastChildMs: number;
  readonly readyMs: number;
  /** Answers to a small request, asked again and again while the children were started. */
  readonly answerMs: readonly number[];
}

let shared: Promise<{ daemon: Daemon; firstStarts: FirstStarts }> | null = null;

export function thousand(programs: Programs): Promise<{ daemon: Daemon; firstStarts: FirstStarts }> {
  shared ??= startThousand('thousand', programs);
  return shared;
}

export function replaceThousand(daemon: Daemon, firstStarts: FirstStarts): void {
  shared = Promise.resolve({ daemon, firstStarts });
}

/** Children `p1` to `p1000` in one group, and one `match` entry beside them. */
export function thousandProfile(programs: Programs): string {
  return profileText('bench', many, programs.stamp, matchEntry('other1000', programs));
}

export async function startThousand(name: string, programs: Programs) {
  demandRoom(many + reserve);
  const before = stampsSoFar();
  const { daemon, readyAtMs } = await startDaemon(name, thousandProfile(programs));
  const allStarted = until(
    () => (stampsSoFar() - before >= many + 1 ? true : null),
    60_000,
    'not all children came up',
  );
  const asking = { goesOn: true };
  const answers = askRepeatedly(daemon, asking);
  await allStarted;
  asking.goesOn = false;
  const firstStarts = {
    lastChildMs: latestStampMs() - daemon.spawnedAtMs,
    readyMs: readyAtMs - daemon.spawnedAtMs,
    answerMs: await answers,
  };
  return { daemon, firstStarts };
}

async function askRepeatedly(daemon: Daemon, asking: { readonly goesOn: boolean }): Promise<number[]> {
  const tookMs: number[] = [];
  while (asking.goesOn) {
    const beforeMs = nowMs();
    try {
      await daemon.client.call('params', { target: 'bench/p1' });
    } catch {
      // The daemon is gone: then the children do not come either, and that is what is complained of.
      break;
    }
    tookMs.push(nowMs() - beforeMs);
    await pause(2);
  }
  return tookMs;
}
