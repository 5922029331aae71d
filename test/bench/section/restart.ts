// From kill -9 to the new process running: ours beside the peers and the floors, one after the other in every round.

import { type Contestant, contestants } from '../contestants.ts';
import { pause } from '../daemon.ts';
import type { Figure } from '../figures.ts';
import type { Programs } from '../programs.ts';
import { latestStamp, nextStamp, nowMs } from '../stamps.ts';

const rounds = 40;
/** runit and s6 wait a second before they start again what has not lived for a second: nobody is killed younger. */
const youngestMs = 1_100;
/** A machine that is busy elsewhere must not make this longer than everything else. */
const longestMs = 110_000;

export async function restartSection(programs: Programs): Promise<Figure[]> {
  const taking: Contestant[] = [];
  for (const contestant of contestants(programs)) {
    const problem = await contestant.start();
    if (problem === null) taking.push(contestant);
    else console.log(`LEFT OUT: ${contestant.what}: ${problem}`);
  }
  const samples = new Map<Contestant, number[]>(taking.map((one) => [one, []]));
  const endMs = nowMs() + longestMs;
  for (let round = 0; round < rounds && nowMs() < endMs; round++) {
    for (const one of taking) samples.get(one)?.push(await killOnce(one));
  }
  for (const one of taking) await one.stop();
  return figuresOf(samples);
}

async function killOnce({ name, restarted }: Contestant): Promise<number> {
  const old = latestStamp(name);
  if (old === undefined) throw new Error(`${name} never ran`);
  await pause(Math.max(0, old.atMs + youngestMs - nowMs()));
  const killedAtMs = nowMs();
  process.kill(old.pid, 'SIGKILL');
  const fresh = await nextStamp(name, old.pid);
  restarted?.(fresh.pid);
  // What it has still to write down is not to fall into the next one's time.
  await pause(20);
  return fresh.atMs - killedAtMs;
}

function figuresOf(samples: ReadonlyMap<Contestant, readonly number[]>): Figure[] {
  const floors = new Map<string, Figure>();
  return [...samples].map(([{ what, kind, isFloor, goal }, taken]) => {
    const floor = floors.get(kind);
    const figure: Figure = {
      what,
      unit: 'ms',
      samples: taken,
      ...(floor === undefined ? {} : { floor }),
      ...(goal === undefined ? {} : { goal }),
    };
    if (isFloor && floor === undefined) floors.set(kind, figure);
    return figure;
  });
}
