// The machine's own counters of time: read at most once in a moment, however many instances ask.
import { bootTimeMs } from '../../../native-bindings/linux/boot-clock.ts';
import { readSmallFile, ticksPerSecond } from './proc.ts';

/** All in ms and cumulative. */
export interface MachineTime {
  /** Monotonic; when it was read. */
  readonly atMs: number;
  /** The machine slept: only CLOCK_BOOTTIME goes on then; see clock_gettime(2). */
  readonly suspendedMs: number;
  readonly stolenMs: number;
  readonly demandedMs: number;
  /** PSI `some` of the CPU: at least one task of the machine waited. 0 without pressure information. */
  readonly pressureMs: number;
}

/** /proc/stat counts hundredths of a second, so nothing is lost by believing it for as long. */
const believedMs = 10;
const msPerTick = 1000 / ticksPerSecond;
/** The two clocks are read one after the other; less than this between two readings is that, and no sleep. */
const clocksApartMs = 5;

/** CLOCK_MONOTONIC in ms. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

export class MachineClock {
  #last: MachineTime | null = null;

  read(): MachineTime {
    const atMs = monotonicMs();
    if (this.#last !== null && atMs - this.#last.atMs < believedMs) return this.#last;
    this.#last = {
      atMs,
      suspendedMs: this.#suspendedMs(atMs),
      ...readProcessorTime(),
      pressureMs: readPressureMs('/proc/pressure/cpu', 'some') ?? 0,
    };
    return this.#last;
  }

  #suspendedMs(atMs: number): number {
    const suspendedMs = bootTimeMs() - atMs;
    const lastMs = this.#last?.suspendedMs;
    return lastMs !== undefined && Math.abs(suspendedMs - lastMs) < clocksApartMs ? lastMs : suspendedMs;
  }
}

/** The first line of /proc/stat, see proc_stat(5): user nice system idle iowait irq softirq steal; guest time stands in user already. */
function readProcessorTime(): { readonly stolenMs: number; readonly demandedMs: number } {
  const text = readSmallFile('/proc/stat') ?? '';
  const ticks = text.slice(0, text.indexOf('\n')).split(/ +/).slice(1).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = ticks;
  return { stolenMs: steal * msPerTick, demandedMs: (user + nice + system + irq + softirq + steal) * msPerTick };
}

/**
 * A line of a pressure file, `some avg10=0.00 avg60=0.00 avg300=0.00 total=12345`, total in µs; see Documentation/accounting/psi.rst.
 * Null where the kernel has none (before 4.20, or switched off).
 */
export function readPressureMs(path: string, line: 'some' | 'full'): number | null {
  const found = new RegExp(`^${line} .*total=(\\d+)`, 'm').exec(readSmallFile(path) ?? '');
  return found === null ? null : Number(found[1]) / 1000;
}
