// From the start of the daemon to its word that it watches: with a small profile, and with 1,000 children of a killed one to adopt.
import { type Daemon, killDaemon, pause, profileText, startDaemon, watchedPids } from '../daemon.ts';
import type { Figure, Goal } from '../figures.ts';
import { killAndWait } from '../place.ts';
import type { Programs } from '../programs.ts';
import { nextStamp } from '../stamps.ts';
import { replaceThousand, thousand, thousandProfile } from '../thousand.ts';

const fewChildren = 5;
const roundsFew = 15;
const roundsMany = 7;
const promised: Goal = { below: 300, text: '< 300 ms' };

export async function recoverySection(programs: Programs): Promise<Figure[]> {
  const few = await startAndAdoptFew(programs);
  const adoptMany: number[] = [];
  for (let round = 0; round < roundsMany; round++) adoptMany.push(await adoptThousand(programs));
  const floor: Figure = { what: 'floor: 5 children adopted', unit: 'ms', samples: few.adopted };
  return [
    { what: 'ready with a small profile, first start', unit: 'ms', samples: few.first, goal: promised },
    { ...floor, what: 'ready with 5 to adopt after kill -9', goal: promised },
    { what: 'ready with 1,000 to adopt after kill -9', unit: 'ms', samples: adoptMany, floor },
  ];
}

async function startAndAdoptFew(programs: Programs): Promise<{ first: number[]; adopted: number[] }> {
  const first: number[] = [];
  const adopted: number[] = [];
  for (let round = 0; round < roundsFew; round++) {
    const profile = profileText(`few${round}`, fewChildren, programs.stamp);
    const fresh = await startDaemon(`few${round}`, profile);
    first.push(fresh.readyAtMs - fresh.daemon.spawnedAtMs);
    for (let child = 1; child <= fewChildren; child++) await nextStamp(`few${round}/p${child}`, 0);
    const again = await killAndStart(fresh.daemon, profile);
    adopted.push(again.tookMs);
    const pids = await watchedPids(again.daemon.client);
    await killDaemon(again.daemon);
    await killAndWait([...pids.values()]);
  }
  return { first, adopted };
}

async function adoptThousand(programs: Programs): Promise<number> {
  const { daemon, firstStarts } = await thousand(programs);
  const { daemon: next, tookMs } = await killAndStart(daemon, thousandProfile(programs));
  replaceThousand(next, firstStarts);
  return tookMs;
}

/** Kills the daemon and starts the next one in its place; a figure only counts when it adopted every child. */
async function killAndStart(daemon: Daemon, profile: string): Promise<{ daemon: Daemon; tookMs: number }> {
  const before = await watchedPids(daemon.client);
  await killDaemon(daemon);
  await pause(50);
  const { daemon: next, readyAtMs } = await startDaemon(daemon.name, profile);
  const after = await watchedPids(next.client);
  const lost = [...before].filter(([name, pid]) => after.get(name) !== pid);
  if (lost.length > 0) throw new Error(`${lost.length} of ${before.size} were not adopted, ${lost[0]?.[0]} among them`);
  return { daemon: next, tookMs: readyAtMs - next.spawnedAtMs };
}
