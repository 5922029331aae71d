import { isDebugged } from '../../../native-bindings/windows/debugger.ts';
import { awakeMs, sinceBootMs } from '../../../native-bindings/windows/interrupt-time.ts';
import { closeHandle, hasEnded, processRight } from '../../../native-bindings/windows/process-handle.ts';
import { type ListedProcess, listProcesses } from '../../../native-bindings/windows/process-list.ts';
import { hungProcesses } from '../../../native-bindings/windows/windows-of-process.ts';
import type { Instance } from '../../ports/instance.ts';
import type { FileMark, LostTimeReading, Meter, Sample, SampleWish } from '../../ports/meter.ts';
import { readFileMark } from '../file-mark.ts';
import { inTurns } from '../in-turns.ts';
import { openInstance } from './instances.ts';
import { childrenOf, type Families, familiesOf } from './process-tree.ts';
import { isSuspended } from './thread-states.ts';

/** No family that is counted is deeper. */
const deepest = 64;

interface Wanted {
  readonly instance: Instance;
  readonly wish: SampleWish;
}

/** Measures all processes by one call for each pass. */
export class ListMeter implements Meter {
  sample(wanted: readonly Wanted[], report: (samples: readonly (Sample | null)[]) => void): void {
    setImmediate(() => {
      const families = familiesOf(listProcesses());
      const askedForWindow = wanted.filter(({ wish }) => wish.window === true).map(({ instance }) => instance.pid);
      const hung = askedForWindow.length === 0 ? new Map<number, boolean>() : hungProcesses(new Set(askedForWindow));
      const samples: (Sample | null)[] = [];
      inTurns(
        wanted,
        (one) => samples.push(sampleOf(one, families, hung)),
        () => report(samples),
      );
    });
  }

  /** Windows counts neither steal nor waits for a CPU by process, so that only sleep and a debugger are told. */
  lostTime(instance: Instance): LostTimeReading | null {
    const opened = openInstance(instance, processRight.QUERY_INFORMATION);
    if (opened.kind === 'gone') return null;
    let held: string | null = null;
    if (opened.kind === 'open') {
      const isOver = hasEnded(opened.handle);
      held = isDebugged(opened.handle) ? 'a debugger' : null;
      closeHandle(opened.handle);
      if (isOver) return null;
    }
    const atMs = awakeMs();
    const suspendedMs = Math.max(0, sinceBootMs() - atMs);
    return { atMs, suspendedMs, stolenMs: 0, demandedMs: 0, waitedMs: 0, throttledMs: 0, held };
  }

  fileMark(path: string): FileMark | null {
    return readFileMark(path);
  }
}

function sampleOf({ instance, wish }: Wanted, families: Families, hung: ReadonlyMap<number, boolean>): Sample | null {
  const process = families.processes.get(instance.pid);
  if (process === undefined || process.createdAtUs !== instance.startTime) return null;
  const { cpuMs, memoryBytes } = wish.tree ? usageOfTree(process, families, deepest) : process;
  const isHalted = process.isSuspended || (wish.threadStates && isSuspended(process.pid));
  return {
    cpuMs,
    memoryBytes,
    threads: process.threadCount,
    descriptors: wish.descriptors ? process.handleCount : null,
    state: isHalted ? 'suspended' : 'sleeping',
    ...(wish.window === true ? { window: windowOf(hung.get(process.pid)) } : {}),
  };
}

function windowOf(isHung: boolean | undefined): Exclude<Sample['window'], undefined> {
  if (isHung === undefined) return 'none';
  return isHung ? 'hung' : 'answers';
}

function usageOfTree(
  process: ListedProcess,
  families: Families,
  depth: number,
): { readonly cpuMs: number; readonly memoryBytes: number } {
  let { cpuMs, memoryBytes } = process;
  // We may ourselves run below a watched process: what we do is not its doing.
  const children = depth === 0 ? [] : childrenOf(process, families).filter(({ pid }) => pid !== globalThis.process.pid);
  for (const child of children) {
    const usage = usageOfTree(child, families, depth - 1);
    cpuMs += usage.cpuMs;
    memoryBytes += usage.memoryBytes;
  }
  return { cpuMs, memoryBytes };
}
