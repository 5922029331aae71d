import { cpus } from 'node:os';
import type { Instance } from '../../ports/instance.ts';
import type { LostTimeReading } from '../../ports/meter.ts';
import { type CgroupCounters, CgroupReader } from './cgroup-counters.ts';
import { CgroupPlaces } from './cgroup-places.ts';
import { heldBy } from './held-by.ts';
import { MachineClock, type MachineTime, monotonicMs } from './machine-time.ts';
import { isLiving, type ProcessStat, statOf } from './proc.ts';
import { hasRunnableThread } from './process-states.ts';
import { readThreadTimes } from './thread-waits.ts';
import { usageOf } from './usage.ts';
import { type Reading, waitingSince } from './waiting.ts';

/** Instances of which the last reading is kept; the one that was asked for longest ago is forgotten, and its counter begins anew. */
const mostRemembered = 20_000;

/** Of the machine, not of what we ourselves may use. Asking costs more than all the rest. */
const processors = Math.max(1, cpus().length);

const none: CgroupCounters = { throttledMs: 0, starvedMs: 0, isFrozen: false };

export class LostTimeReader {
  readonly #machine = new MachineClock();
  readonly #places = new CgroupPlaces();
  readonly #cgroups = new CgroupReader();
  readonly #readings = new Map<number, Reading>();

  /** Null when it is gone. */
  read(instance: Instance): LostTimeReading | null {
    const stat = statOf(instance);
    if (stat === null || !(isLiving(stat) || stat.threads > 1)) {
      this.#readings.delete(instance.pid);
      return null;
    }
    const machine = this.#machine.read();
    const folders = this.#places.foldersOf(stat.pid);
    const cgroup = folders === null ? none : this.#cgroups.read(folders);
    const reading = this.#readingOf(stat, machine, cgroup.starvedMs);
    return {
      atMs: reading.atMs,
      suspendedMs: machine.suspendedMs,
      stolenMs: machine.stolenMs,
      demandedMs: machine.demandedMs,
      waitedMs: reading.waitedMs,
      throttledMs: cgroup.throttledMs,
      held: heldBy(stat.pid, cgroup.isFrozen),
    };
  }

  #readingOf(stat: ProcessStat, machine: MachineTime, nowStarvedMs: number): Reading {
    const known = this.#readings.get(stat.pid);
    const last = known?.startTime === stat.startTime ? known : null;
    const now: Reading = {
      startTime: stat.startTime,
      atMs: monotonicMs(),
      cpuMs: usageOf(stat).cpuMs,
      isRunnable: stat.state === 'R',
      threads: readThreadTimes(stat),
      starvedMs: nowStarvedMs,
      pressureMs: machine.pressureMs,
      waitedMs: 0,
      countedAheadMs: 0,
    };
    const reading =
      last === null ? now : { ...now, ...waitingSince(last, now, () => hasRunnableThread(stat), processors) };
    // Put back at the end, so that the first is the one that was asked for longest ago.
    this.#readings.delete(stat.pid);
    this.#readings.set(stat.pid, reading);
    const [oldest] = this.#readings.keys();
    if (this.#readings.size > mostRemembered && oldest !== undefined) this.#readings.delete(oldest);
    return reading;
  }
}
