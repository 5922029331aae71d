import type { Instance } from '../ports/instance.ts';
import type { ProbeVerdict, StallProbeRequest, StallProber } from '../ports/stall-prober.ts';
import type { Probe } from './probe.ts';
import { judgeNagios, judgeRun, type ProgramProber } from './probe-judges.ts';
import { probeHttp, probeTcp } from './probe-network.ts';

/** Its multiples, taken modulo 1, lie as far from each other as can be: the golden ratio. */
const spread = (Math.sqrt(5) - 1) / 2;

const key = (instance: Instance) => `${instance.pid}.${instance.startTime}`;

/** Asks at each interval, however long the answer took; never before the answer is there. */
export class SystemStallProber implements StallProber {
  private readonly runner: ProgramProber;
  /** How to end each. */
  private readonly watched = new Map<string, () => void>();
  private count = 0;

  constructor(runner: ProgramProber) {
    this.runner = runner;
  }

  watch(instance: Instance, request: StallProbeRequest, report: (verdict: ProbeVerdict) => void): void {
    this.unwatch(instance);
    // Of a thousand processes that became ready together each is asked at a moment of its own within the interval.
    this.count += 1;
    const firstMs = ((this.count * spread) % 1) * request.intervalMs;
    this.watched.set(key(instance), again(this.probeOf(instance, request), firstMs, request.intervalMs, report));
  }

  unwatch(instance: Instance): void {
    this.watched.get(key(instance))?.();
    this.watched.delete(key(instance));
  }

  close(): void {
    for (const end of this.watched.values()) end();
    this.watched.clear();
  }

  private probeOf({ pid }: Instance, { probe, timeoutMs }: StallProbeRequest): Probe {
    if (probe.kind === 'http') return probeHttp(probe.url, timeoutMs);
    if (probe.kind === 'tcp') return probeTcp(probe.address, timeoutMs);
    return this.runner.probe(probe.command, pid, timeoutMs, probe.kind === 'nagios' ? judgeNagios : judgeRun);
  }
}

function again(probe: Probe, firstMs: number, intervalMs: number, report: (verdict: ProbeVerdict) => void): () => void {
  let isOpen = true;
  let giveUp: () => void = () => {};
  let dueAt = performance.now() + firstMs;
  let timer: NodeJS.Timeout | null = null;
  const ask = () => {
    giveUp = probe((verdict) => {
      giveUp = () => {};
      // What was missed while an answer was late, or while this engine was away, is not made up for.
      const now = performance.now();
      dueAt = Math.max(dueAt + intervalMs, now);
      timer = setTimeout(ask, dueAt - now);
      if (isOpen) report(verdict);
    });
  };
  timer = setTimeout(ask, firstMs);
  return () => {
    isOpen = false;
    if (timer !== null) clearTimeout(timer);
    giveUp();
  };
}
