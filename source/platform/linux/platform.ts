import { join } from 'node:path';
import { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { pidfdSupport } from '../../../native-bindings/linux/pidfd.ts';
import { trimHeap } from '../../../native-bindings/linux/trim-heap.ts';
import { unmapCleanPages } from '../../../native-bindings/linux/unmap-clean-pages.ts';
import type { Ports } from '../../ports/ports.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { createEscalator } from '../escalator.ts';
import type { EvidenceFolder } from '../evidence/evidence-folder.ts';
import { OutputRotation } from '../output-rotation.ts';
import { StateFile } from '../state-store.ts';
import { HeapTimers } from '../timers.ts';
import { createClock } from './clock.ts';
import { openLinuxEvidence } from './evidence/linux-evidence.ts';
import { ExitReader } from './exit-reader.ts';
import { LaunchOffsets } from './launch-offsets.ts';
import { LinuxMeter } from './meter.ts';
import { NotifyMessages } from './notify-messages.ts';
import { ProbeRunner } from './probe-run.ts';
import { ProcProcessTable } from './process-table.ts';
import { PidfdWatcher } from './process-watcher.ts';
import { SystemReadinessProber } from './readiness-prober.ts';
import { SessionScriptRunner } from './script-runner.ts';
import { PosixSpawner } from './spawner.ts';
import { SystemStallProber } from './stall-prober.ts';
import { SystemdServices } from './systemd-services.ts';
import { PidfdTerminator } from './terminator.ts';

export interface PlatformPlaces {
  /** Holds state.jsonl and evidence/. */
  readonly stateDirectory: string;
  /** Holds notify.sock; children of other users must be able to reach it. */
  readonly runtimeDirectory: string;
}

/** Everything of Linux that one engine instance needs. */
export interface Platform {
  readonly ports: Ports;
  /** Keeps output files within their bounds: `track` each when its child starts or is adopted, `untrack` it afterwards. */
  readonly rotation: OutputRotation;
  /** Incidents; to be lent what the runtime records. */
  readonly evidence: EvidenceFolder;
  /** Start-up is over: gives the memory of what was needed once back to the kernel. Takes some 30 ms. */
  settle(): void;
  /** Ends every wait, so that the process can end. Children live on. */
  close(): void;
}

/** Null, or why this kernel cannot do it: for the operator, before anything is begun. */
export function whyUnsupported(): string | null {
  return pidfdSupport().open
    ? null
    : 'This kernel has no pidfd_open, which came with Linux 5.3: procsaver cannot see exits of processes that are not its own children. Update the kernel.';
}

/** `problem` hears, in whole sentences, what goes wrong beside any call: late exits, a notify socket that cannot be made, a disk that is full. */
export function openPlatform(places: PlatformPlaces, problem: (text: string) => void): Platform {
  const events = new KernelEvents();
  const clock = createClock();
  const timers = new HeapTimers(clock);
  const offsets = new LaunchOffsets();
  const watcher = new PidfdWatcher(events, new ExitReader(pidfdSupport().exitInfo), problem);
  const terminator = new PidfdTerminator(events);
  const store = new StateFile(join(places.stateDirectory, 'state.jsonl'), problem);
  const notifySocketPath = join(places.runtimeDirectory, 'notify.sock');
  const messages = new NotifyMessages(notifySocketPath, events, problem);
  const runner = new ProbeRunner({ events, watcher, terminator });
  const prober = new SystemReadinessProber({ runner, offsets, messages });
  const stallProber = new SystemStallProber(runner);
  const scripts = new SessionScriptRunner(watcher, terminator);
  const services = new SystemdServices(problem);
  const evidence = openLinuxEvidence({ directory: join(places.stateDirectory, 'evidence'), problem });
  const rotation = new OutputRotation(() => clock.now().monoMs, problem);
  return {
    ports: {
      clock,
      timers,
      watcher,
      spawner: new PosixSpawner(offsets),
      scripts,
      terminator,
      table: new ProcProcessTable(),
      prober,
      messages,
      meter: new LinuxMeter(),
      evidence,
      stallProber,
      services,
      escalator: createEscalator({
        scripts,
        outputFile: join(places.stateDirectory, 'output', 'reboot.log'),
        rebootCommand: ['shutdown', '-r', 'now'],
      }),
      store,
    },
    rotation,
    evidence,
    settle() {
      collectGarbage();
      trimHeap();
      unmapCleanPages();
    },
    close() {
      timers.close();
      rotation.close();
      evidence.close();
      services.close();
      // First, while all that it runs is still known.
      runner.close();
      prober.close();
      stallProber.close();
      messages.close();
      watcher.close();
      store.close();
      events.close();
    },
  };
}
