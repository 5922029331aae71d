// 1,000 first starts: from the daemon's own start to the first moment of the last child.
import { spawn } from 'node:child_process';
import { killDaemon } from '../daemon.ts';
import type { Figure, Goal } from '../figures.ts';
import { killAll } from '../place.ts';
import type { Programs } from '../programs.ts';
import { demandRoom } from '../room.ts';
import { latestStampMs, nowMs, stampsSoFar, until } from '../stamps.ts';
import { type FirstStarts, many, replaceThousand, startThousand } from '../thousand.ts';

const rounds = 3;
const soon: Goal = { below: 3_000, text: '< 3 s' };
const served: Goal = { below: 50, text: '< 50 ms' };

/** Leaves the last daemon running for the sections that follow. */
export async function startsSection(programs: Programs): Promise<Figure[]> {
  demandRoom(2 * many);
  const floorMs: number[] = [];
  const ours: FirstStarts[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (programs.floors !== null) floorMs.push(await startByFloor(programs.floors.startMany, programs.stamp));
    const { daemon, firstStarts } = await startThousand(`thousand-${round}`, programs);
    ours.push(firstStarts);
    if (round === rounds) replaceThousand(daemon, firstStarts);
    else {
      await killDaemon(daemon);
      await killAll();
    }
  }
  const floor: Figure = { what: 'floor: posix_spawn in C, one after the other', unit: 'ms', samples: floorMs };
  const last = ours.at(-1)?.answerMs ?? [];
  return [
    ...(floorMs.length === 0 ? [] : [floor]),
    {
      what: '1,000 first starts, the start of the daemon included',
      unit: 'ms',
      samples: ours.map(({ lastChildMs }) => lastChildMs),
      goal: soon,
      ...(floorMs.length === 0 ? {} : { floor }),
    },
    { what: 'the daemon answers and watches', unit: 'ms', samples: ours.map(({ readyMs }) => readyMs) },
    { what: 'a small request meanwhile', unit: 'ms', samples: last },
    {
      what: 'the longest of these',
      unit: 'ms',
      samples: ours.map(({ answerMs }) => Math.max(...answerMs)),
      goal: served,
    },
  ];
}

async function startByFloor(startMany: string, stamp: string): Promise<number> {
  const before = stampsSoFar();
  const beganAtMs = nowMs();
  const child = spawn(startMany, [String(many), stamp], {
    env: { ...process.env, STAMP_NAME: 'floor' },
    stdio: 'ignore',
  });
  await until(() => (stampsSoFar() - before >= many ? true : null), 60_000, 'not all children of the floor came up');
  const tookMs = latestStampMs() - beganAtMs;
  child.kill('SIGKILL');
  await killAll();
  return tookMs;
}
