import { probeStand } from '../engine/stall-status.ts';
import type { StallStatus } from '../engine/status.ts';
import type { Instance } from '../ports/instance.ts';
import type { Ports } from '../ports/ports.ts';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import type { StallProbeSpec } from '../profile/profile.ts';
import { instanceKey } from './instance-key.ts';

interface Probed {
  readonly instance: Instance;
  readonly spec: StallProbeSpec;
  /** In a row. */
  failures: number;
  /** The last verdict before those failures, or when it was first asked. */
  heldAtMs: number;
  isWell: boolean;
  text: string;
}

const failing: ReadonlySet<ProbeVerdict['is']> = new Set(['critical', 'timeout']);

/** What the probes of watched instances have said. Those that stay well are told to nobody. */
export class ProbeSigns {
  readonly #ports: Pick<Ports, 'clock' | 'stallProber'>;
  readonly #tell: (slot: string, instance: Instance, verdict: ProbeVerdict) => void;
  readonly #probed = new Map<string, Probed>();

  constructor(
    ports: Pick<Ports, 'clock' | 'stallProber'>,
    tell: (slot: string, instance: Instance, verdict: ProbeVerdict) => void,
  ) {
    this.#ports = ports;
    this.#tell = tell;
  }

  /** Asked again with the same probe it goes on, counts and all. */
  watch(slot: string, instance: Instance, spec: StallProbeSpec | null, nowMs: number): void {
    const before = this.#probed.get(instanceKey(instance));
    if (JSON.stringify(before?.spec ?? null) === JSON.stringify(spec)) return;
    this.unwatch(instance);
    if (spec === null) return;
    const probed: Probed = { instance, spec, failures: 0, heldAtMs: nowMs, isWell: true, text: '' };
    this.#probed.set(instanceKey(instance), probed);
    const { probe, intervalMs, timeoutMs } = spec;
    this.#ports.stallProber.watch(instance, { probe, intervalMs, timeoutMs }, (verdict) => {
      if (this.#probed.get(instanceKey(instance)) === probed) this.#hear(slot, probed, verdict);
    });
  }

  unwatch(instance: Instance): void {
    if (this.#probed.delete(instanceKey(instance))) this.#ports.stallProber.unwatch(instance);
  }

  /** When the probe last did not fail, and what it said; null: there is none. */
  heldAt(instance: Instance, nowMs: number): { readonly atMs: number; readonly text: string } | null {
    const probed = this.#probed.get(instanceKey(instance));
    if (probed === undefined) return null;
    return { atMs: probed.failures === 0 ? nowMs : probed.heldAtMs, text: probed.text };
  }

  elapsed(instance: Instance): Omit<StallStatus, 'slot'>[] {
    const probed = this.#probed.get(instanceKey(instance));
    return probed === undefined ? [] : probeStand(probed.spec, probed.failures, probed.text);
  }

  #hear(slot: string, probed: Probed, verdict: ProbeVerdict): void {
    const isWell = verdict.is === 'ok';
    const wasWell = probed.isWell;
    if (isWell) probed.failures = 0;
    else if (failing.has(verdict.is)) probed.failures += 1;
    if (probed.failures === 0) probed.heldAtMs = this.#ports.clock.now().monoMs;
    probed.isWell = isWell;
    probed.text = verdict.text;
    if (!isWell || !wasWell) this.#tell(slot, probed.instance, verdict);
  }
}
