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
export function samplesOf({ state, recorded }: Runtime, target: string): InstanceSamples[] {
  const living = processesOf(state, target).flatMap(({ name, slots }) =>
    slots.flatMap(({ number, living }) => living.map(({ instance }) => ({ name, slot: number, instance }))),
  );
  return living.slice(0, mostInstances).map(({ name, slot, instance }) => ({
    name,
    slot,
    pid: instance.pid,
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
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  return found.processes.flatMap((index) => state.processes[index] ?? []);
}
