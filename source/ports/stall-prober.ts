import type { Instance } from './instance.ts';
import type { ReadinessProbe } from './readiness-prober.ts';

/** How one asks whether a process still works. `nagios`: any program of the Monitoring Plugins. */
export type StallProbe =
  | Extract<ReadinessProbe, { kind: 'http' | 'tcp' | 'run' }>
  | { readonly kind: 'nagios'; readonly command: readonly string[] };

export interface StallProbeRequest {
  readonly probe: StallProbe;
  /** Between two probes. */
  readonly intervalMs: number;
  /** Of one probe. */
  readonly timeoutMs: number;
}

/**
 * `warning` comes from Monitoring Plugins only (exit 1). `unknown`: their exit 3 and any other end of theirs; and a probe that
 * could not be made for a reason of this machine (no such program, out of descriptors), which says nothing of the process.
 */
export interface ProbeVerdict {
  readonly is: 'ok' | 'warning' | 'critical' | 'unknown' | 'timeout';
  /** The first line that it said, or why it failed. */
  readonly text: string;
}

export interface StallProber {
  /** Probes again and again, one probe at a time, and reports each verdict, until `unwatch`. */
  watch(instance: Instance, request: StallProbeRequest, report: (verdict: ProbeVerdict) => void): void;
  unwatch(instance: Instance): void;
}
