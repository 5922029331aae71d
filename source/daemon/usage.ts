import type { EngineState, ProcessRecord } from '../engine/state.ts';
import type { ProcessStatus } from '../engine/status.ts';
import type { Instance } from '../ports/instance.ts';

/** What one instance has used and holds, as the system tells. */
export interface InstanceUsage {
  /** CPU time since its start. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

interface Sample extends InstanceUsage {
  readonly atMs: number;
  readonly cpuPercent: number;
}

/** A share of CPU time over less than this says nothing. */
const shortestSpanMs = 500;
/** About a millisecond. */
const readsPerTurn = 64;

/** CPU and memory of what is watched: taken when somebody looks, never at rest. */
export class UsageSampler {
  readonly #read: (instance: Instance) => InstanceUsage | null;
  #samples = new Map<string, Sample>();

  constructor(read: (instance: Instance) => InstanceUsage | null) {
    this.#read = read;
  }

  /** Looks at every living instance, a part in each turn of the event loop, so that no death is seen late for it; then `done`. `wallMs`: now. */
  sampleInTurns(state: EngineState, wallMs: number, done: () => void): void {
    const samples = new Map<string, Sample>();
    const instances = state.processes.flatMap(instancesOf);
    const turn = (from: number): void => {
      for (const instance of instances.slice(from, from + readsPerTurn)) {
        const sample = this.#sampleOne(instance, wallMs);
        if (sample !== null) samples.set(keyOf(instance), sample);
      }
      if (from + readsPerTurn < instances.length) {
        setImmediate(() => turn(from + readsPerTurn));
        return;
      }
      this.#samples = samples;
      done();
    };
    turn(0);
  }

  /** The status of a process with what its instances were seen to use. */
  fillIn(process: ProcessRecord | undefined, status: ProcessStatus): ProcessStatus {
    let cpuPercent = 0;
    let memoryBytes = 0;
    for (const instance of process === undefined ? [] : instancesOf(process)) {
      const sample = this.#samples.get(keyOf(instance));
      cpuPercent += sample?.cpuPercent ?? 0;
      memoryBytes += sample?.memoryBytes ?? 0;
    }
    return { ...status, cpuPercent: Math.round(cpuPercent * 10) / 10, memoryBytes };
  }

  #sampleOne(instance: Instance, wallMs: number): Sample | null {
    const before = this.#samples.get(keyOf(instance));
    if (before !== undefined && wallMs - before.atMs >= 0 && wallMs - before.atMs < shortestSpanMs) return before;
    const usage = this.#read(instance);
    if (usage === null) return null;
    const spanMs = wallMs - (before?.atMs ?? instance.startedAtMs);
    const usedMs = usage.cpuMs - (before?.cpuMs ?? 0);
    return { ...usage, atMs: wallMs, cpuPercent: spanMs > 0 ? Math.max(0, (100 * usedMs) / spanMs) : 0 };
  }
}

function instancesOf(process: ProcessRecord): Instance[] {
  return process.slots.flatMap((slot) => slot.living.map((living) => living.instance));
}

function keyOf(instance: Instance): string {
  return `${instance.pid}.${instance.startTime}`;
}
