import { join } from 'node:path';
import { ExitWaits } from '../../../native-bindings/windows/exit-wait.ts';
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
import { ChildHandles } from './child-handles.ts';
import { createClock } from './clock.ts';
import { ConsoleEvents } from './console-events.ts';
import { CrashDumps } from './evidence/crash-dumps.ts';
import { openWindowsEvidence } from './evidence/windows-evidence.ts';
import { Jobs } from './jobs.ts';
import { NoMessages } from './messages.ts';
import { ListMeter } from './meter.ts';
import { JobProbeRunner } from './probe-run.ts';
import { ListedProcessTable } from './process-table.ts';
import { HandleWatcher } from './process-watcher.ts';
import { ConsoleScriptRunner } from './script-runner.ts';
import { WindowsServices } from './services.ts';
import { JobSpawner } from './spawner.ts';
import { HandleTerminator } from './terminator.ts';

/** `problem` hears, in whole sentences, what goes wrong beside any call: late exits, a disk that is full. */
export function openPlatform(places: PlatformPlaces, problem: (text: string) => void): Platform {
  const clock = createClock();
  const timers = new HeapTimers(clock);
  const offsets = new LaunchOffsets();
  const waits = new ExitWaits();
  const children = new ChildHandles();
  const jobs = new Jobs();
  const messages = new NoMessages();
  const watcher = new HandleWatcher({ waits, children, jobs, problem });
  const terminator = new HandleTerminator({ waits, jobs, consoleEvents: new ConsoleEvents() });
  const store = new StateFile(join(places.stateDirectory, 'state.jsonl'), problem);
  const runner = new JobProbeRunner();
  const prober = new SystemReadinessProber({ runner, offsets, messages });
  const stallProber = new SystemStallProber(runner);
  const scripts = new ConsoleScriptRunner({ watcher, terminator, children });
  const crashDumps = new CrashDumps(join(places.stateDirectory, 'crash-dumps'));
  const evidence = openWindowsEvidence({ directory: join(places.stateDirectory, 'evidence'), crashDumps, problem });
  const services = new WindowsServices(problem);
  const rotation = new OutputRotation(() => clock.now().monoMs, problem);
  return {
    ports: {
      clock,
      timers,
      watcher,
      spawner: new JobSpawner({ offsets, children, jobs, crashDumps }),
      scripts,
      terminator,
      table: new ListedProcessTable(),
      prober,
      messages,
      meter: new ListMeter(),
      evidence,
      stallProber,
      services,
      escalator: createEscalator({
        scripts,
        outputFile: join(places.stateDirectory, 'output', 'reboot.log'),
        rebootCommand: ['shutdown', '/r', '/t', '0', '/c'],
      }),
      store,
    },
    rotation,
    evidence,
    settle() {
      optimizeWhenBusy();
      collectGarbage();
    },
    collect: collectGarbage,
    close() {
      timers.close();
      rotation.close();
      evidence.close();
      services.close();
      runner.close();
      prober.close();
      stallProber.close();
      watcher.close();
      store.close();
      waits.close();
      children.close();
      jobs.close();
    },
  };
}
