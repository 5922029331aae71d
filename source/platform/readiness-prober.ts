import { statSync } from 'node:fs';
import type { Instance } from '../ports/instance.ts';
import type { ReadinessProber, ReadinessRequest } from '../ports/readiness-prober.ts';
import type { LaunchOffsets } from './launch-offsets.ts';
import type { Probe } from './probe.ts';
import { judgeRun, type ProgramProber } from './probe-judges.ts';
import { probeHttp, probeTcp } from './probe-network.ts';
import { OutputFollower } from './probe-output.ts';

/** How far back in its output an adopted child is searched, see outputStart. */
const adoptedLookBackBytes = 64 * 1024;
/** Before the second probe; doubled up to `ready.interval`. */
const firstWaitMs = 50;

/** Who hears it when a process says by itself that it is ready. */
export interface ReadyWords {
  /** The value of NOTIFY_SOCKET; empty where the system has none. */
  readonly path: string;
  /** Reports READY=1 from the instance or one of its tree, until the returned function is called. */
  awaitReady(instance: Instance, ready: () => void): () => void;
}

export interface ProberParts {
  readonly runner: ProgramProber;
  readonly offsets: LaunchOffsets;
  readonly messages: ReadyWords;
}

const key = (instance: Instance) => `${instance.pid}.${instance.startTime}`;

/** Asks until it holds. Reports come after the call has returned. */
export class SystemReadinessProber implements ReadinessProber {
  private readonly parts: ProberParts;
  /** How to give up each probing under way. */
  private readonly underWay = new Map<string, () => void>();

  constructor(parts: ProberParts) {
    this.parts = parts;
  }

  watch(instance: Instance, request: ReadinessRequest, report: () => void): void {
    this.unwatch(instance);
    const ready = () => {
      this.unwatch(instance);
      report();
    };
    this.underWay.set(key(instance), this.begin(instance, request, ready));
  }

  unwatch(instance: Instance): void {
    this.underWay.get(key(instance))?.();
    this.underWay.delete(key(instance));
  }

  notifySocket(): string {
    return this.parts.messages.path;
  }

  close(): void {
    for (const giveUp of this.underWay.values()) giveUp();
    this.underWay.clear();
  }

  private begin(instance: Instance, request: ReadinessRequest, ready: () => void): () => void {
    const { probe, intervalMs, timeoutMs } = request;
    switch (probe.kind) {
      case 'http':
        return repeat(probeHttp(probe.url, timeoutMs), intervalMs, ready);
      case 'tcp':
        return repeat(probeTcp(probe.address, timeoutMs), intervalMs, ready);
      case 'run':
        return repeat(this.parts.runner.probe(probe.command, instance.pid, timeoutMs, judgeRun), intervalMs, ready);
      case 'output': {
        const follower = new OutputFollower(
          request.outputFile,
          new RegExp(probe.pattern),
          this.outputStart(instance, request),
          intervalMs,
          ready,
        );
        return () => follower.close();
      }
      case 'notify':
        return this.parts.messages.awaitReady(instance, ready);
    }
  }

  /**
   * An adopted child's output began where only the dead engine knew. A line of the run before may then be taken for its own;
   * that is milder than killing a sound process that will never say again that it is ready.
   */
  private outputStart(instance: Instance, request: ReadinessRequest): number {
    const size = statSync(request.outputFile, { throwIfNoEntry: false })?.size ?? 0;
    return this.parts.offsets.get(instance) ?? Math.max(0, size - adoptedLookBackBytes);
  }
}

/** At once, and then again after each answer until one is yes: soon at first, since most are ready soon, then every `intervalMs`. */
function repeat(probe: Probe, intervalMs: number, ready: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let giveUp: () => void = () => {};
  let waitMs = Math.min(firstWaitMs, intervalMs);
  const ask = () => {
    giveUp = probe((verdict) => {
      if (verdict.is === 'ok') return ready();
      timer = setTimeout(ask, waitMs);
      waitMs = Math.min(2 * waitMs, intervalMs);
    });
  };
  ask();
  return () => {
    if (timer !== null) clearTimeout(timer);
    giveUp();
  };
}
