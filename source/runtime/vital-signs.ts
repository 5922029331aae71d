import { type RuleName, rulesOf, type Sign } from '../engine/sign.ts';
import type { StallStatus } from '../engine/status.ts';
import type { Instance } from '../ports/instance.ts';
import type { Sample } from '../ports/meter.ts';
import type { Ports } from '../ports/ports.ts';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import { formatDuration } from '../profile/duration.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import { type SeenFile, writtenAt } from './file-sign.ts';
import { type Gauge, gaugesOf, isDoubtful, isOver } from './gauge.ts';
import { instanceKey } from './instance-key.ts';
import { LostTime } from './lost-time.ts';
import { ProbeSigns } from './probe-signs.ts';
import { isShare, judge, noWish, samplingOf, type Taken } from './sample-signs.ts';
import { SamplingLanes } from './sampling-lanes.ts';
import { SmallTurns } from './small-turns.ts';

/** Whose rules are kept account of. */
export interface Patient {
  readonly slot: string;
  readonly instance: Instance;
  readonly spec: ProcessSpec;
  /** What the process has asked for itself; null: as the profile says, 0: no heartbeat. */
  readonly heartbeatMs: number | null;
  /** What the rules `heartbeat` and `output` look at; null: no file. */
  readonly heartbeatFile: string | null;
  readonly outputFile: string;
}

export interface VitalSignsOutlets {
  /** A probe that does not go well, or goes well again. */
  probed(slot: string, instance: Instance, verdict: ProbeVerdict): void;
  /** Each sample that a rule has taken, for the flight recorder. */
  sampled(instance: Instance, taken: Taken): void;
}

type VitalPorts = Pick<Ports, 'clock' | 'timers' | 'meter' | 'messages' | 'stallProber'>;

interface Watched extends Patient {
  gauges: readonly Gauge[];
  readonly files: Map<RuleName, SeenFile & { readonly path: string }>;
  readonly lost: LostTime;
  last: Taken | null;
  /** How many incidents of it are under way. */
  incidents: number;
}

/** A timer of ours that rang later than this shows that the engine itself stood still: stopped, or its machine did. */
const awayMs = 1_000;
/** One costs as much as the sample itself or more, and a process that sleeps is silent all the time. */
const readingsPerLimit = 4;
/** A share of CPU time over less than this says nothing. */
const shortestSpanMs = 500;

/**
 * When each rule of each watched instance was last seen to hold, and how much of the silence since does not count.
 * Signs of life that come by themselves are kept, files are looked at when the engine looks, and only what a rule cannot
 * know otherwise is sampled. Deterministic given its ports.
 */
export class VitalSigns {
  readonly #ports: VitalPorts;
  readonly #outlets: VitalSignsOutlets;
  readonly #watched = new Map<string, Watched>();
  readonly #lanes: SamplingLanes;
  readonly #probes: ProbeSigns;
  readonly #readings: SmallTurns;
  /** Looks that wait for a fresh sample; those that come while one is taken are the next pass. */
  readonly #doubted = new Map<
    string,
    { readonly watched: Watched; readonly report: (signs: readonly Sign[]) => void }
  >();
  #isConfirming = false;

  constructor(ports: VitalPorts, outlets: VitalSignsOutlets) {
    this.#ports = ports;
    this.#outlets = outlets;
    this.#lanes = new SamplingLanes(
      ports,
      (instance, sample) => this.#take(instance, sample),
      (dueMs) => this.rang(dueMs),
    );
    this.#readings = new SmallTurns('runtime:lost-time', ports, (key) => {
      const watched = this.#watched.get(key);
      if (watched !== undefined) this.#readLostTime(watched);
    });
    this.#probes = new ProbeSigns(ports, (slot, instance, verdict) => outlets.probed(slot, instance, verdict));
  }

  /** From now on its rules run. Said again, the rules are replaced and what was seen of those that stay is kept. */
  watch(patient: Patient): void {
    const { instance, spec, heartbeatMs } = patient;
    const key = instanceKey(instance);
    const before = this.#watched.get(key);
    const nowMs = this.#nowMs();
    const gauges = gaugesOf(rulesOf(spec, heartbeatMs), patient, nowMs, before?.gauges ?? []);
    // Whoever says how long it may be silent from now on has just spoken.
    if (before !== undefined && before.heartbeatMs !== heartbeatMs) hold(gauges, 'heartbeat', nowMs);
    const watched: Watched = {
      ...patient,
      gauges,
      files: before?.files ?? new Map(),
      lost: before?.lost ?? new LostTime(),
      last: before?.last ?? null,
      incidents: before?.incidents ?? 0,
    };
    this.#watched.set(key, watched);
    for (const [rule, path] of filesOf(watched)) {
      if (watched.files.get(rule)?.path !== path)
        watched.files.set(rule, { path, mark: this.#ports.meter.fileMark(path), at: this.#ports.clock.now() });
    }
    if (gauges.length > 0) this.#readLostTime(watched);
    const sampling = samplingOf(spec, heartbeatMs);
    if (sampling === null) this.#lanes.leave(instance);
    else this.#lanes.join(instance, sampling.periodMs, sampling.wish);
    this.#probes.watch(patient.slot, instance, spec.stall.probe, nowMs);
  }

  unwatch(instance: Instance): void {
    if (!this.#watched.delete(instanceKey(instance))) return;
    this.#lanes.leave(instance);
    this.#probes.unwatch(instance);
  }

  /** WATCHDOG=1, or somebody else's word for it. */
  beat(instance: Instance): void {
    hold(this.#watched.get(instanceKey(instance))?.gauges ?? [], 'heartbeat', this.#nowMs());
  }

  /** Evidence of it is being taken from now on. A tool that reads its stack makes it run for a moment, which ends no silence that was over. */
  stir(instance: Instance): void {
    const watched = this.#watched.get(instanceKey(instance));
    if (watched === undefined) return;
    watched.incidents += 1;
    const nowMs = this.#nowMs();
    for (const gauge of watched.gauges)
      if (gauge.rule.name === 'cpu') gauge.isStirred ||= isOver(gauge, watched.lost, nowMs);
  }

  /** The evidence is taken. */
  settle(instance: Instance): void {
    const watched = this.#watched.get(instanceKey(instance));
    if (watched !== undefined) watched.incidents = Math.max(0, watched.incidents - 1);
  }

  /**
   * How its rules stand; `probe` is among them where there is one. Empty: nobody watches it. Where a sampled rule seems to have
   * run out since its last sample a fresh one is taken first, so that the answer may come later; it always comes.
   */
  look(instance: Instance, report: (signs: readonly Sign[]) => void): void {
    // What it said already must be heard before it is judged.
    this.#ports.messages.drain();
    const watched = this.#watched.get(instanceKey(instance));
    if (watched === undefined) return report([]);
    this.#lookAtFiles(watched);
    this.#readLostTime(watched);
    const nowMs = this.#nowMs();
    if (!watched.gauges.some((gauge) => isDoubtful(gauge, watched.lost, nowMs))) return report(this.#signsOf(watched));
    this.#doubted.set(instanceKey(instance), { watched, report });
    this.#confirm();
  }

  /** The stall rules of one instance for people, in the order of the manual. Takes nothing off that was not read yet. */
  elapsed(instance: Instance): Omit<StallStatus, 'slot'>[] {
    const watched = this.#watched.get(instanceKey(instance));
    if (watched === undefined) return [];
    this.#lookAtFiles(watched);
    const nowMs = this.#nowMs();
    const stalls = watched.gauges.filter(({ rule }) => rule.metric === null);
    const statuses = stalls.map(({ rule, heldAtMs }) => {
      const { ms, cause: lostTo } = watched.lost.since(heldAtMs);
      const lostMs = Math.round(ms);
      const elapsedMs = Math.max(0, Math.round(nowMs - heldAtMs) - lostMs);
      return { rule: rule.name, elapsedMs, limitMs: rule.limitMs, lostMs, lostTo };
    });
    return [...statuses, ...this.#probes.elapsed(instance)];
  }

  /** A timer that was due then rings now. Where that is late nobody could look, and every silence begins anew. */
  rang(dueMs: number): void {
    const nowMs = this.#nowMs();
    if (nowMs - dueMs > awayMs) for (const { lost } of this.#watched.values()) lost.wasAway(nowMs);
  }

  /** One pass for all that wait for it. */
  #confirm(): void {
    if (this.#isConfirming || this.#doubted.size === 0) return;
    this.#isConfirming = true;
    const doubted = [...this.#doubted.values()];
    this.#doubted.clear();
    const wanted = doubted.map(({ watched: { instance, spec, heartbeatMs } }) => ({
      instance,
      wish: samplingOf(spec, heartbeatMs)?.wish ?? noWish,
    }));
    this.#ports.meter.sample(wanted, (samples) => {
      this.#isConfirming = false;
      for (const [index, { watched, report }] of doubted.entries()) {
        const { instance } = watched;
        this.#take(instance, samples[index] ?? null);
        const now = this.#watched.get(instanceKey(instance));
        if (now !== undefined) this.#readLostTime(now);
        report(now === undefined ? [] : this.#signsOf(now));
      }
      this.#confirm();
    });
  }

  #take(instance: Instance, sample: Sample | null): void {
    const watched = this.#watched.get(instanceKey(instance));
    if (watched === undefined || sample === null || sample.state === 'ended') return;
    const now: Taken = { sample, atMs: this.#nowMs() };
    const before = watched.last;
    const isShort = before !== null && now.atMs - before.atMs < shortestSpanMs;
    let hasFallenSilent = false;
    for (const gauge of watched.gauges) {
      if (gauge.sampledAtMs === null || (isShort && isShare(gauge.rule))) continue;
      if (gauge.isStirred) {
        gauge.sampledAtMs = now.atMs;
        // From here on movement is its own again.
        gauge.isStirred = isShort || watched.incidents > 0;
        continue;
      }
      const judgement = judge(gauge.rule, watched.spec, now, before);
      gauge.measured = judgement?.measured ?? '';
      if (judgement === null || judgement.holds) gauge.heldAtMs = Math.max(gauge.heldAtMs, now.atMs);
      else if (gauge.isHeld) gauge.heldAtMs = Math.max(gauge.heldAtMs, judgement.brokenFromMs);
      const wasHeld = gauge.isHeld;
      gauge.isHeld = judgement?.holds ?? true;
      hasFallenSilent ||= wasHeld && !gauge.isHeld;
      gauge.sampledAtMs = now.atMs;
    }
    if (!isShort) watched.last = now;
    if (hasFallenSilent || isToBeRead(watched, now)) this.#readings.want(instanceKey(instance));
    this.#outlets.sampled(instance, now);
  }

  #signsOf(watched: Watched): Sign[] {
    const { instance, gauges, lost } = watched;
    const nowMs = this.#nowMs();
    const signs = gauges.map((gauge) => signOf(gauge, lost));
    const probe = this.#probes.heldAt(instance, nowMs);
    if (probe !== null)
      signs.push({ rule: 'probe', heldAtMs: probe.atMs, lost: lost.since(probe.atMs), measured: probe.text });
    lost.forgetBefore(Math.min(...signs.map((sign) => sign.heldAtMs)));
    return signs;
  }

  #lookAtFiles({ files, gauges }: Watched): void {
    for (const [rule, seen] of files) {
      const now = { path: seen.path, mark: this.#ports.meter.fileMark(seen.path), at: this.#ports.clock.now() };
      const atMs = writtenAt(seen, now);
      if (atMs !== null) hold(gauges, rule, atMs);
      files.set(rule, now);
    }
  }

  #readLostTime({ instance, lost }: Watched): void {
    const reading = this.#ports.meter.lostTime(instance);
    if (reading !== null) lost.read(reading);
  }

  #nowMs(): number {
    return this.#ports.clock.now().monoMs;
  }
}

function hold(gauges: readonly Gauge[], name: RuleName, atMs: number): void {
  for (const gauge of gauges) if (gauge.rule.name === name) gauge.heldAtMs = Math.max(gauge.heldAtMs, atMs);
}

/**
 * Whether what was lost is to be read at a sample; what a silence begins with is read besides. It matters to a silence only, and
 * it is counted up by the system, so that a few readings tell as much as many. Who holds a process may be gone at the next one.
 */
function isToBeRead({ gauges, lost }: Watched, { sample, atMs }: Taken): boolean {
  if (lost.isHeld || ['traced', 'stopped', 'suspended'].includes(sample.state)) return true;
  const sinceMs = atMs - lost.readAtMs;
  return gauges.some(({ isHeld, rule }) => !isHeld && sinceMs * readingsPerLimit >= rule.limitMs);
}

function signOf({ rule, heldAtMs, measured }: Gauge, lost: LostTime): Sign {
  const sleptMs = Math.round(lost.suspendedSince(heldAtMs) / 1_000) * 1_000;
  const slept = sleptMs === 0 ? '' : `the machine slept for ${formatDuration(sleptMs)}`;
  const words = [measured, slept].filter((text) => text !== '').join('; ');
  return { rule: rule.name, heldAtMs, lost: lost.since(heldAtMs), measured: words };
}

/** The files whose change is a sign of life, by rule. */
function filesOf({ gauges, heartbeatFile, outputFile }: Watched): [RuleName, string][] {
  const all: readonly (readonly [RuleName, string | null])[] = [
    ['heartbeat', heartbeatFile],
    ['output', outputFile],
  ];
  return all.flatMap(([rule, path]): [RuleName, string][] =>
    path !== null && gauges.some((gauge) => gauge.rule.name === rule) ? [[rule, path]] : [],
  );
}
