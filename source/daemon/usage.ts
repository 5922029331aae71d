import type { EngineState, ProcessRecord } from '../engine/state.ts';
import type { ProcessStatus } from '../engine/status.ts';
import type { Instance } from '../ports/instance.ts';
import type { Meter, Sample, SampleWish } from '../ports/meter.ts';

interface Known {
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly atMs: number;
  readonly cpuPercent: number;
}

/** A share of CPU time over less than this says nothing. */
const shortestSpanMs = 500;

/** What a shell starts is what it is watched for. */
const wish: SampleWish = { tree: true, descriptors: false, threadStates: false };

/** CPU and memory of what is watched and of all that descends from it: taken when somebody looks, never at rest. */
export class UsageSampler {
  readonly #meter: Pick<Meter, 'sample'>;
  #known = new Map<string, Known>();

  constructor(meter: Pick<Meter, 'sample'>) {
    this.#meter = meter;
  }

  /** Looks at every living instance in one pass of the meter, which takes a part of each turn of the event loop; then `done`. `wallMs`: now. */
  sampleAll(state: EngineState, wallMs: number, done: () => void): void {
    const instances = state.processes.flatMap(instancesOf);
    const isDue = (instance: Instance): boolean => {
      const before = this.#known.get(keyOf(instance));
      return before === undefined || wallMs - before.atMs < 0 || wallMs - before.atMs >= shortestSpanMs;
    };
    const due = instances.filter(isDue);
    const wanted = due.map((instance) => ({ instance, wish }));
    this.#meter.sample(wanted, (samples) => {
      const taken = new Map(due.map((instance, at) => [keyOf(instance), samples[at] ?? null]));
      const known = new Map<string, Known>();
      for (const instance of instances) {
        const key = keyOf(instance);
        const before = this.#known.get(key);
        const sample = taken.get(key);
        if (sample != null) known.set(key, shareOf(instance, sample, before, wallMs));
        // Known from a look just before this one.
        else if (sample === undefined && before !== undefined) known.set(key, before);
      }
      this.#known = known;
      done();
    });
  }

  /** The status of a process with what its instances were seen to use. */
  fillIn(process: ProcessRecord | undefined, status: ProcessStatus): ProcessStatus {
    let cpuPercent = 0;
    let memoryBytes = 0;
    for (const instance of process === undefined ? [] : instancesOf(process)) {
      const sample = this.#known.get(keyOf(instance));
      cpuPercent += sample?.cpuPercent ?? 0;
      memoryBytes += sample?.memoryBytes ?? 0;
    }
    return { ...status, cpuPercent: Math.round(cpuPercent * 10) / 10, memoryBytes };
  }
}

function shareOf(instance: Instance, sample: Sample, before: Known | undefined, wallMs: number): Known {
  const { cpuMs, memoryBytes } = sample;
  const spanMs = wallMs - (before?.atMs ?? instance.startedAtMs);
  const usedMs = cpuMs - (before?.cpuMs ?? 0);
  // The time of a child that nobody waited for goes with it.
  return { cpuMs, memoryBytes, atMs: wallMs, cpuPercent: spanMs > 0 ? Math.max(0, (100 * usedMs) / spanMs) : 0 };
}

function instancesOf(process: ProcessRecord): Instance[] {
  return process.slots.flatMap((slot) => slot.living.map((living) => living.instance));
}

function keyOf(instance: Instance): string {
  return `${instance.pid}.${instance.startTime}`;
}
