import type { Clock, Timers } from '../ports/clock.ts';
import type { Instance } from '../ports/instance.ts';
import type { Meter, Sample, SampleWish } from '../ports/meter.ts';
import { instanceKey } from './instance-key.ts';

interface Lane {
  readonly members: Map<string, { readonly instance: Instance; readonly wish: SampleWish }>;
  nextAtMs: number;
  isUnderWay: boolean;
}

const timerKey = 'runtime:sampling';

/**
 * Whoever a rule has sampled, by the period of its sampling: at most ten lanes, each on the multiples of its period, so that
 * lanes that are due together are one pass. Nobody sampled: no timer.
 */
export class SamplingLanes {
  readonly #ports: { readonly clock: Clock; readonly timers: Timers; readonly meter: Meter };
  readonly #take: (instance: Instance, sample: Sample | null) => void;
  readonly #rang: (dueMs: number) => void;
  readonly #lanes = new Map<number, Lane>();
  readonly #periodOf = new Map<string, number>();
  #wakesAtMs: number | null = null;

  /** `take`: each sample; null: it is gone. `rang`: hears when its timer should have rung. */
  constructor(
    ports: { readonly clock: Clock; readonly timers: Timers; readonly meter: Meter },
    take: (instance: Instance, sample: Sample | null) => void,
    rang: (dueMs: number) => void,
  ) {
    this.#ports = ports;
    this.#take = take;
    this.#rang = rang;
  }

  join(instance: Instance, periodMs: number, wish: SampleWish): void {
    const key = instanceKey(instance);
    if (this.#periodOf.get(key) !== periodMs) this.leave(instance);
    const lane = this.#lanes.get(periodMs) ?? this.#newLane(periodMs);
    lane.members.set(key, { instance, wish });
    this.#periodOf.set(key, periodMs);
    this.#arm();
  }

  leave(instance: Instance): void {
    const key = instanceKey(instance);
    const periodMs = this.#periodOf.get(key);
    if (periodMs === undefined) return;
    this.#periodOf.delete(key);
    const lane = this.#lanes.get(periodMs);
    lane?.members.delete(key);
    if (lane?.members.size === 0) this.#lanes.delete(periodMs);
    if (this.#lanes.size > 0) return;
    this.#ports.timers.clear(timerKey);
    this.#wakesAtMs = null;
  }

  /** When the next sample of an instance is to be taken; null: it is being taken, or never. */
  nextOf(instance: Instance): number | null {
    const lane = this.#lanes.get(this.#periodOf.get(instanceKey(instance)) ?? 0);
    return lane === undefined || lane.isUnderWay ? null : lane.nextAtMs;
  }

  #newLane(periodMs: number): Lane {
    const lane: Lane = { members: new Map(), nextAtMs: this.#nextMultiple(periodMs), isUnderWay: false };
    this.#lanes.set(periodMs, lane);
    return lane;
  }

  #nextMultiple(periodMs: number): number {
    return (Math.floor(this.#ports.clock.now().monoMs / periodMs) + 1) * periodMs;
  }

  #arm(): void {
    const atMs = Math.min(...[...this.#lanes.values()].map((lane) => lane.nextAtMs));
    if (this.#wakesAtMs !== null && this.#wakesAtMs <= atMs) return;
    this.#wakesAtMs = atMs;
    this.#ports.timers.set(timerKey, atMs, () => this.#pass(atMs));
  }

  #pass(dueMs: number): void {
    this.#wakesAtMs = null;
    this.#rang(dueMs);
    const nowMs = this.#ports.clock.now().monoMs;
    const due: Lane[] = [];
    for (const [periodMs, lane] of this.#lanes) {
      if (lane.nextAtMs > nowMs) continue;
      lane.nextAtMs = this.#nextMultiple(periodMs);
      // A pass that takes longer than its period is not overtaken by the next one.
      if (!lane.isUnderWay) due.push(lane);
    }
    if (this.#lanes.size > 0) this.#arm();
    const wanted = due.flatMap((lane) => [...lane.members.values()]);
    if (wanted.length === 0) return;
    for (const lane of due) lane.isUnderWay = true;
    this.#ports.meter.sample(wanted, (samples) => {
      for (const lane of due) lane.isUnderWay = false;
      for (const [index, { instance }] of wanted.entries()) this.#take(instance, samples[index] ?? null);
    });
  }
}
