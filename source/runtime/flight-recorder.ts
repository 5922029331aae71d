import type { Clock, Timers } from '../ports/clock.ts';
import type { Instance } from '../ports/instance.ts';
import type { Meter, Sample, SampleWish } from '../ports/meter.ts';
import { instanceKey } from './instance-key.ts';
import { SampleRing } from './sample-ring.ts';
import { cpuPercent, type Taken } from './sample-signs.ts';

interface Recorded {
  readonly slot: string;
  readonly instance: Instance;
  /** Made with its first sample. */
  ring: SampleRing | null;
  /** The newest one, whether it stands in the ring or not. */
  last: Taken | null;
  endedAtMs: number | null;
}

/** One sample as people and programs read it. */
export interface ToldSample extends Omit<Sample, 'cpuMs'> {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Share of one core since the sample before it. */
  readonly cpuPercent: number;
}

/** The budget over the whole engine: ten samples a second. Up to a hundred processes are each sampled every ten seconds; a thousand every hundred. */
const msASample = 100;
const shortestGapMs = 10_000;
/** Many in one turn cost a third of what they cost one by one: to wake up, and to find the code and the kernel's tables cold, is the dear part of a sample. */
const mostATurn = 300;
/** What the rules sample arrives now and then a little early. */
const gapSlackMs = 500;
/** What is told of an instance, and for how long after its end. */
const toldMs = 600_000;
const rememberedMs = 60_000;
const mostEnded = 256;

const timerKey = 'runtime:recorder';

/** Process alone: looking for descendants costs a pass over the whole machine. Descriptors are counted now and then. */
const plainWish: SampleWish = { tree: false, descriptors: false, threadStates: false };
const fullWish: SampleWish = { ...plainWish, descriptors: true };
const descriptorsEvery = 6;

/**
 * The last ten minutes of every watched process, for the evidence of an incident. It takes what the rules sample anyway, and
 * goes round among the others by a budget that does not grow with their number.
 */
export class FlightRecorder {
  readonly #ports: { readonly clock: Clock; readonly timers: Timers; readonly meter: Meter };
  /** Whether incidents are kept of a slot; asked anew at each sample, since it can be changed while it runs. */
  readonly #isKept: (slot: string) => boolean;
  readonly #recorded = new Map<string, Recorded>();
  /** Those that live, and whose turn it is. */
  #round: Recorded[] = [];
  #turn = 0;
  #isArmed = false;
  #isUnderWay = false;

  constructor(
    ports: { readonly clock: Clock; readonly timers: Timers; readonly meter: Meter },
    isKept: (slot: string) => boolean,
  ) {
    this.#ports = ports;
    this.#isKept = isKept;
  }

  begin(slot: string, instance: Instance): void {
    const key = instanceKey(instance);
    const known = this.#recorded.get(key);
    if (known?.endedAtMs === null) return;
    const recorded: Recorded = {
      slot,
      instance,
      ring: known?.ring ?? null,
      last: known?.last ?? null,
      endedAtMs: null,
    };
    this.#recorded.set(key, recorded);
    this.#round.push(recorded);
    this.#arm();
  }

  /** It has ended, or is watched no more: what is recorded is kept until its incident may have been written. */
  end(instance: Instance): void {
    const recorded = this.#recorded.get(instanceKey(instance));
    if (recorded === undefined || recorded.endedAtMs !== null) return;
    recorded.endedAtMs = this.#nowMs();
    const at = this.#round.indexOf(recorded);
    this.#round.splice(at, 1);
    if (at < this.#turn) this.#turn -= 1;
    // The map stands in the order of their beginnings, so that those that ended are put behind to stand in that of their ends.
    const key = instanceKey(instance);
    this.#recorded.delete(key);
    if (recorded.ring !== null) this.#recorded.set(key, recorded);
    this.#forgetEnded();
  }

  /** A sample that a rule has had taken. */
  take(instance: Instance, taken: Taken): void {
    const recorded = this.#recorded.get(instanceKey(instance));
    if (recorded === undefined || recorded.endedAtMs !== null || !this.#isKept(recorded.slot)) return;
    this.#record(recorded, taken);
  }

  /** Oldest first, as lines of JSON. */
  *lines(instance: Instance): Iterable<string> {
    for (const told of this.told(instance)) yield JSON.stringify(told);
  }

  /** Oldest first. */
  *told(instance: Instance): Iterable<ToldSample> {
    const recorded = this.#recorded.get(instanceKey(instance));
    if (recorded === undefined) return;
    const { monoMs, wallMs } = this.#ports.clock.now();
    const line = (sample: Sample, atMs: number, percent: number): ToldSample => ({
      at: new Date(Math.round(wallMs - monoMs + atMs)).toISOString(),
      cpuPercent: Math.round(percent * 10) / 10,
      memoryBytes: sample.memoryBytes,
      threads: sample.threads,
      descriptors: sample.descriptors,
      state: sample.state,
    });
    const stored = recorded.ring?.stored() ?? [];
    for (const { taken, cpuPercent: percent } of stored)
      if (taken.atMs >= monoMs - toldMs) yield line(taken.sample, taken.atMs, percent);
    const { last } = recorded;
    const before = stored.at(-1);
    if (last !== null && before !== undefined && last.atMs - before.taken.atMs >= 1)
      yield line(last.sample, last.atMs, cpuPercent(last, recorded.ring?.lastTaken ?? null) ?? 0);
  }

  /** How many instances are known, living or ended. */
  get size(): number {
    return this.#recorded.size;
  }

  #record(recorded: Recorded, taken: Taken): void {
    recorded.last = taken;
    recorded.ring ??= new SampleRing();
    const { lastTaken } = recorded.ring;
    if (lastTaken !== null && taken.atMs - lastTaken.atMs < shortestGapMs - gapSlackMs) return;
    recorded.ring.add(taken, cpuPercent(taken, lastTaken) ?? this.#sinceItsStart(recorded.instance, taken.sample));
  }

  #sinceItsStart({ startedAtMs }: Instance, { cpuMs }: Sample): number {
    const ageMs = this.#ports.clock.now().wallMs - startedAtMs;
    return ageMs > 0 ? (100 * cpuMs) / ageMs : 0;
  }

  #arm(): void {
    if (this.#isArmed || this.#recorded.size === 0) return;
    this.#isArmed = true;
    const gapMs = Math.max(shortestGapMs, Math.min(this.#round.length, mostATurn) * msASample);
    this.#ports.timers.set(timerKey, this.#nowMs() + gapMs, () => {
      this.#isArmed = false;
      this.#forgetEnded();
      this.#goRound();
      this.#arm();
    });
  }

  #goRound(): void {
    // A meter that needs longer than a turn is not asked twice.
    if (this.#isUnderWay || this.#round.length === 0) return;
    const count = Math.min(mostATurn, this.#round.length);
    const nowMs = this.#nowMs();
    const due: Recorded[] = [];
    for (let visited = 0; visited < count; visited += 1) {
      this.#turn = this.#turn >= this.#round.length ? 0 : this.#turn;
      const recorded = this.#round[this.#turn];
      this.#turn += 1;
      // Whom a rule has sampled is recorded already.
      const lastMs = recorded?.last?.atMs ?? Number.NEGATIVE_INFINITY;
      if (recorded !== undefined && nowMs - lastMs >= shortestGapMs - gapSlackMs && this.#isKept(recorded.slot))
        due.push(recorded);
    }
    if (due.length === 0) return;
    this.#isUnderWay = true;
    const wanted = due.map((recorded) => ({ instance: recorded.instance, wish: wishFor(recorded) }));
    this.#ports.meter.sample(wanted, (samples) => {
      this.#isUnderWay = false;
      const atMs = this.#nowMs();
      for (const [index, recorded] of due.entries()) {
        const sample = samples[index] ?? null;
        if (sample !== null && recorded.endedAtMs === null) this.#record(recorded, { sample, atMs });
      }
    });
  }

  #forgetEnded(): void {
    const nowMs = this.#nowMs();
    let surplus = this.#recorded.size - this.#round.length - mostEnded;
    for (const [key, { endedAtMs }] of this.#recorded) {
      if (endedAtMs === null) continue;
      if (surplus <= 0 && nowMs - endedAtMs < rememberedMs) break;
      this.#recorded.delete(key);
      surplus -= 1;
    }
  }

  #nowMs(): number {
    return this.#ports.clock.now().monoMs;
  }
}

function wishFor({ ring }: Recorded): SampleWish {
  return (ring?.added ?? 0) % descriptorsEvery === 0 ? fullWish : plainWish;
}
