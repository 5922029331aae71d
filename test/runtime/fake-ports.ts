import type { Instance } from '../../source/ports/instance.ts';
import type { FileMark, LostTimeReading, Sample, SampleWish } from '../../source/ports/meter.ts';
import type { ProbeVerdict, StallProbeRequest } from '../../source/ports/stall-prober.ts';

export const wallAtBoot = 1_700_000_000_000;

export const resting: Sample = { cpuMs: 100, memoryBytes: 1024 ** 2, threads: 2, descriptors: 7, state: 'sleeping' };

/** A clock that is moved by hand, timers that ring when it passes them, and a meter that says what it is told to. */
export class FakePorts {
  monoMs = 0;
  sample: Sample | null = resting;
  mark: FileMark | null = null;
  lost: Partial<LostTimeReading> = {};
  /** Null: samples are reported at once. */
  held: (() => void)[] | null = null;
  drains = 0;
  readings = 0;
  readonly sampled: { readonly instance: Instance; readonly wish: SampleWish }[][] = [];
  readonly set = new Map<string, { readonly atMs: number; readonly ring: () => void }>();
  readonly probes = new Map<number, (verdict: ProbeVerdict) => void>();

  readonly clock = { now: () => ({ monoMs: this.monoMs, wallMs: wallAtBoot + this.monoMs }), bootId: () => 'boot' };

  readonly timers = {
    set: (key: string, atMs: number, ring: () => void) => void this.set.set(key, { atMs, ring }),
    clear: (key: string) => void this.set.delete(key),
  };

  readonly messages = {
    listen: () => {},
    unlisten: () => {},
    drain: () => {
      this.drains += 1;
    },
    onStranger: () => {},
  };

  readonly meter = {
    sample: (
      wanted: readonly { readonly instance: Instance; readonly wish: SampleWish }[],
      report: (samples: readonly (Sample | null)[]) => void,
    ) => {
      this.sampled.push([...wanted]);
      const answer = () => report(wanted.map(() => this.sample));
      if (this.held === null) answer();
      else this.held.push(answer);
    },
    lostTime: (): LostTimeReading => {
      this.readings += 1;
      const nothing = { suspendedMs: 0, stolenMs: 0, demandedMs: this.monoMs, waitedMs: 0, throttledMs: 0, held: null };
      return { atMs: this.monoMs, ...nothing, ...this.lost };
    },
    fileMark: () => this.mark,
  };

  readonly stallProber = {
    watch: (instance: Instance, _request: StallProbeRequest, report: (verdict: ProbeVerdict) => void) =>
      void this.probes.set(instance.pid, report),
    unwatch: (instance: Instance) => void this.probes.delete(instance.pid),
  };

  /** Lets time pass; every timer rings at its moment. */
  passTo(monoMs: number): void {
    for (;;) {
      const [next] = [...this.set].filter(([, { atMs }]) => atMs <= monoMs).sort(([, a], [, b]) => a.atMs - b.atMs);
      if (next === undefined) break;
      const [key, { atMs, ring }] = next;
      this.set.delete(key);
      this.monoMs = Math.max(this.monoMs, atMs);
      ring();
    }
    this.monoMs = monoMs;
  }
}
