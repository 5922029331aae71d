import type { Clock, Timers } from './clock.ts';
import type { Escalator } from './escalator.ts';
import type { EvidenceCollector } from './evidence.ts';
import type { Messages } from './messages.ts';
import type { Meter } from './meter.ts';
import type { ProcessTable } from './process-table.ts';
import type { ProcessWatcher } from './process-watcher.ts';
import type { ReadinessProber } from './readiness-prober.ts';
import type { ScriptRunner } from './script-runner.ts';
import type { ServiceManager } from './service-manager.ts';
import type { Spawner } from './spawner.ts';
import type { StallProber } from './stall-prober.ts';
import type { StateStore } from './state-store.ts';
import type { Terminator } from './terminator.ts';

/** All that the engine needs of the world. Each port has a real end for each system and a simulated one. */
export interface Ports {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly watcher: ProcessWatcher;
  readonly spawner: Spawner;
  readonly scripts: ScriptRunner;
  readonly terminator: Terminator;
  readonly table: ProcessTable;
  readonly prober: ReadinessProber;
  readonly messages: Messages;
  readonly meter: Meter;
  readonly stallProber: StallProber;
  readonly evidence: EvidenceCollector;
  readonly services: ServiceManager;
  readonly escalator: Escalator;
  readonly store: StateStore;
}
