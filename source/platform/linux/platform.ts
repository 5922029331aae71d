import { join } from 'node:path';
import { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { pidfdSupport } from '../../../native-bindings/linux/pidfd.ts';
import { keepHeapTrimmed, trimHeap } from '../../../native-bindings/linux/trim-heap.ts';
import { unmapCleanPages } from '../../../native-bindings/linux/unmap-clean-pages.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { createEscalator } from '../escalator.ts';
import { LaunchOffsets } from '../launch-offsets.ts';
import { optimizeWhenBusy } from '../optimize-when-busy.ts';
import { OutputRotation } from '../output-rotation.ts';
import { SystemReadinessProber } from '../readiness-prober.ts';
import { SystemStallProber } from '../stall-prober.ts';
import { StateFile } from '../state-store.ts';
import type { Platform, PlatformPlaces } from '../system.ts';
import { HeapTimers } from '../timers.ts';
import { createClock } from './clock.ts';
import { openLinuxEvidence } from './evidence/linux-evidence.ts';
import { ExitReader } from './exit-reader.ts';
import { LinuxMeter } from './meter.ts';
import { NotifyMessages } from './notify-messages.ts';
import { ProbeRunner } from './probe-run.ts';
import { ProcProcessTable } from './process-table.ts';
import { PidfdWatcher } from './process-watcher.ts';
import { SessionScriptRunner } from './script-runner.ts';
import { PosixSpawner } from './spawner.ts';
import { SystemdServices } from './systemd-services.ts';
import { PidfdTerminator } from './terminator.ts';

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
      optimizeWhenBusy();
      keepHeapTrimmed();
      collectGarbage();
      trimHeap();
      unmapCleanPages();
    },
    collect() {
      collectGarbage();
      trimHeap();
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
