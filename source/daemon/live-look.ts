import { statSync } from 'node:fs';
import { RequestRefused } from '../control/failure.ts';
import type { LiveLook } from '../control/live-look.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import { resolveTarget } from '../engine/target.ts';
import type { Instance } from '../ports/instance.ts';
import type { ThreadsSeen } from '../ports/thread.ts';
import { lastLines } from './last-lines.ts';
import type { Elapsed } from './stall-timers.ts';
import { masked, secretsOf, timerWithoutSecrets } from './without-secrets.ts';

/** In one answer, whatever the target. */
const mostInstances = 64;
const mostThreads = 512;
/** Enough for one line that a person reads. */
const outputBytes = 8 * 1024;

export interface Looks {
  readonly threads: (instance: Instance, most: number) => Promise<ThreadsSeen>;
  readonly elapsed: Elapsed;
  readonly outputFile: (process: number, slot: number) => string;
}

/** What each living instance of the target is doing at this moment: looked at now, kept nowhere. */
export async function liveLook(state: EngineState, target: string, looks: Looks): Promise<LiveLook[]> {
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  const living = found.processes.flatMap((index) =>
    (state.processes[index]?.slots ?? [])
      .filter(({ number }) => found.slot === null || number === found.slot)
      .flatMap(({ number: slot, living }) => living.map(({ instance }) => ({ index, slot, instance }))),
  );
  const seen: LiveLook[] = [];
  let room = mostThreads;
  for (const { index, slot, instance } of living.slice(0, mostInstances)) {
    const threads = await looks.threads(instance, room);
    room -= threads.threads.length;
    seen.push({
      name: state.processes[index]?.name ?? '',
      slot,
      pid: instance.pid,
      ...threads,
      stall: looks
        .elapsed(instance)
        .map((timer) => timerWithoutSecrets({ ...timer, slot }, secretsOf(state.processes[index]))),
      output: lastOutput(looks.outputFile(index, slot), state.processes[index]),
    });
  }
  return seen;
}

/** The last line with something in it, and when the file was written to. */
function lastOutput(file: string, process: ProcessRecord | undefined): LiveLook['output'] {
  const line = lastLines(file, 20, outputBytes).findLast((one) => one.trim() !== '');
  const written = statSync(file, { throwIfNoEntry: false });
  return line === undefined || written === undefined
    ? null
    : { line: masked(line, secretsOf(process)), at: written.mtime.toISOString() };
}
