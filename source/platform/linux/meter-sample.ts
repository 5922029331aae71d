// One pass over the instances that are due.
import type { Instance } from '../../ports/instance.ts';
import type { Sample, SampleWish } from '../../ports/meter.ts';
import { countDescriptors } from './descriptor-count.ts';
import type { Families } from './meter-tree.ts';
import { isLiving, type ProcessStat, readStat } from './proc.ts';
import { stateOf } from './process-states.ts';
import { endedChildrenCpuMs, type Usage, usageOf } from './usage.ts';

/** No family that is counted is deeper. A table that changed while it was read may hold a loop. */
const deepest = 64;

/** What one pass has read: of several that watch the same process, or share a descendant, only the first asks the kernel. */
export class SamplingPass {
  readonly #families: Families;
  readonly #stats = new Map<number, ProcessStat | null>();
  readonly #usages = new Map<number, Usage>();

  constructor(families: Families) {
    this.#families = families;
  }

  readonly read = (pid: number): ProcessStat | null => {
    const known = this.#stats.get(pid);
    if (known !== undefined) return known;
    const stat = readStat(pid);
    this.#stats.set(pid, stat);
    return stat;
  };

  /** The start time stands in the line that is read, so that the identity costs nothing of its own. */
  sample(instance: Instance, wish: SampleWish): Sample | null {
    const stat = this.read(instance.pid);
    if (stat === null || stat.startTime !== instance.startTime) return null;
    const { cpuMs, memoryBytes } = wish.tree ? this.#usageOfTree(stat, deepest) : this.#usageOf(stat);
    return {
      cpuMs,
      memoryBytes,
      threads: stat.threads,
      descriptors: wish.descriptors && isLiving(stat) ? countDescriptors(stat.pid) : null,
      state: stateOf(stat, wish.threadStates),
    };
  }

  /** The time of descendants that have ended stays in the sum, through whoever waited for them: else a shell that runs one short program after another would seem idle. */
  #usageOfTree(stat: ProcessStat, depth: number): Usage {
    const own = this.#usageOf(stat);
    let cpuMs = own.cpuMs + endedChildrenCpuMs(stat);
    let { memoryBytes } = own;
    for (const pid of depth === 0 ? [] : this.#families.childrenOf(stat.pid)) {
      // We may ourselves run below a watched process (a terminal multiplexer): what we do is not its doing.
      const child = pid === process.pid ? null : this.read(pid);
      if (child === null) continue;
      if (child.parent !== stat.pid) {
        this.#families.correct(child);
        continue;
      }
      const usage = this.#usageOfTree(child, depth - 1);
      cpuMs += usage.cpuMs;
      memoryBytes += usage.memoryBytes;
    }
    return { cpuMs, memoryBytes };
  }

  #usageOf(stat: ProcessStat): Usage {
    const known = this.#usages.get(stat.pid);
    if (known !== undefined) return known;
    const usage = usageOf(stat);
    this.#usages.set(stat.pid, usage);
    return usage;
  }
}
