import { statSync } from 'node:fs';
import { RequestRefused } from '../control/failure.ts';
import type { CountedRestart, InstanceSamples } from '../control/protocol.ts';
import { restartsInWindow } from '../engine/restart-limit.ts';
import { wallOf } from '../engine/snapshot.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import { resolveTarget } from '../engine/target.ts';
import type { Moment } from '../ports/clock.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** More instances than that make no picture, and a long answer. */
const mostInstances = 64;

/** What the flight recorder has of the living. */
export function samplesOf(
  { state, recorded }: Runtime,
  target: string,
  outputFile: (process: number, slot: number) => string,
): InstanceSamples[] {
  const living = indexesOf(state, target).flatMap((index) => {
    const process = state.processes[index];
    return (process?.slots ?? []).flatMap(({ number, living }) =>
      living.map(({ instance }) => ({
        name: process?.name ?? '',
        slot: number,
        instance,
        file: process?.spec.kind === 'command' ? outputFile(index, number) : null,
      })),
    );
  });
  return living.slice(0, mostInstances).map(({ name, slot, instance, file }) => ({
    name,
    slot,
    pid: instance.pid,
    outputBytes: file === null ? null : sizeOf(file),
    samples: Array.from(recorded(instance), ({ at, cpuPercent, memoryBytes }) => ({ at, cpuPercent, memoryBytes })),
  }));
}

/** The restarts within the window, of every slot. */
export function restartsOf(state: EngineState, target: string, now: Moment): CountedRestart[] {
  const counted = processesOf(state, target).flatMap(({ name, slots, spec }) =>
    slots.flatMap((slot) =>
      restartsInWindow(slot, spec.restart, now.monoMs).map((atMs) => ({
        name,
        slot: slot.number,
        at: new Date(Math.round(wallOf(atMs, now))).toISOString(),
      })),
    ),
  );
  return counted.sort((a, b) => a.at.localeCompare(b.at));
}

function processesOf(state: EngineState, target: string): ProcessRecord[] {
  return indexesOf(state, target).flatMap((index) => state.processes[index] ?? []);
}

function indexesOf(state: EngineState, target: string): readonly number[] {
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  return found.processes;
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}
