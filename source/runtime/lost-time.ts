import type { Lost } from '../engine/sign.ts';
import type { LostTimeReading } from '../ports/meter.ts';

/** Who took the time. The words are for people, in a notice. */
const causes = {
  away: 'the engine itself stood still',
  held: '',
  throttled: 'its cgroup was throttled',
  waited: 'host starvation (it waited for a CPU)',
  stolen: 'host starvation (steal)',
};

type Cause = keyof typeof causes;

type Amounts = Readonly<Record<Exclude<Cause, 'away'>, number>>;

/** What was lost up to a moment, since the account was opened. It only grows. */
interface Point extends Amounts {
  readonly atMs: number;
  readonly suspendedMs: number;
}

/** So many points are remembered; beyond that the older ones are thinned out, which makes them coarser and not wrong. */
const mostPoints = 24;

const nothing: Lost = { ms: 0, cause: '' };

/**
 * The fair clock of one instance: how much of a silence it could not have run in. Pure but for what it remembers.
 * Where a silence begins between two readings, as much as possible of what was lost between them counts: rather late than wrong.
 */
export class LostTime {
  #points: Point[] = [];
  #last: LostTimeReading | null = null;
  #awayUntilMs = Number.NEGATIVE_INFINITY;
  /** Who held it last, in the words of the meter. */
  #holder = '';

  read(reading: LostTimeReading): void {
    const last = this.#last;
    if (last !== null && reading.atMs <= last.atMs) return;
    this.#last = reading;
    this.#holder = reading.held ?? this.#holder;
    const point = this.#points.at(-1);
    if (last === null || point === undefined) {
      this.#points = [{ atMs: reading.atMs, suspendedMs: 0, held: 0, throttled: 0, waited: 0, stolen: 0 }];
      return;
    }
    const lost = lostBetween(last, reading);
    this.#points.push({
      atMs: reading.atMs,
      suspendedMs: point.suspendedMs + Math.max(0, reading.suspendedMs - last.suspendedMs),
      held: point.held + lost.held,
      throttled: point.throttled + lost.throttled,
      waited: point.waited + lost.waited,
      stolen: point.stolen + lost.stolen,
    });
    if (this.#points.length > mostPoints) this.#thinOut();
  }

  /** When it was read last; long ago where it never was. */
  get readAtMs(): number {
    return this.#last?.atMs ?? Number.NEGATIVE_INFINITY;
  }

  /** Something held the process at the last reading. */
  get isHeld(): boolean {
    return this.#last !== null && this.#last.held !== null;
  }

  /** The engine could not look until then, so no silence before that counts. */
  wasAway(untilMs: number): void {
    this.#awayUntilMs = untilMs;
  }

  /** What was lost since then, up to the last reading. */
  since(heldAtMs: number): Lost {
    const awayMs = Math.max(0, this.#awayUntilMs - heldAtMs);
    const fromMs = heldAtMs + awayMs;
    const last = this.#points.at(-1);
    if (last === undefined || last.atMs <= fromMs) return awayMs === 0 ? nothing : { ms: awayMs, cause: causes.away };
    const amounts = this.#amountsSince(fromMs, last);
    const ms = awayMs + amounts.held + amounts.throttled + amounts.waited + amounts.stolen;
    if (ms <= 0) return nothing;
    const all: Readonly<Record<Cause, number>> = { away: awayMs, ...amounts };
    const [cause] = (Object.keys(causes) as Cause[]).toSorted((a, b) => all[b] - all[a]);
    return { ms, cause: cause === 'held' || cause === undefined ? this.#holder : causes[cause] };
  }

  /** How long the machine slept since then. The monotonic clock stood still meanwhile, so it takes nothing off by itself. */
  suspendedSince(heldAtMs: number): number {
    const last = this.#points.at(-1);
    if (last === undefined || last.atMs <= heldAtMs) return 0;
    const before = this.#points.findLast((point) => point.atMs <= heldAtMs) ?? this.#points[0];
    return last.suspendedMs - (before ?? last).suspendedMs;
  }

  /** No silence began before that. */
  forgetBefore(atMs: number): void {
    const first = this.#points.findLastIndex((point) => point.atMs <= atMs);
    if (first > 0) this.#points.splice(0, first);
  }

  #amountsSince(fromMs: number, last: Point): Amounts {
    const after = this.#points.findIndex((point) => point.atMs > fromMs);
    const next = this.#points[after] ?? last;
    const before = this.#points[after - 1] ?? next;
    const lostMs = next.held + next.throttled + next.waited + next.stolen - totalOf(before);
    // Of what was lost between two readings no more can lie behind the beginning of the silence than there is room for.
    const share = lostMs <= 0 ? 0 : Math.min(1, (next.atMs - fromMs) / lostMs);
    const amount = (cause: keyof Amounts): number => last[cause] - next[cause] + share * (next[cause] - before[cause]);
    return {
      held: amount('held'),
      throttled: amount('throttled'),
      waited: amount('waited'),
      stolen: amount('stolen'),
    };
  }

  /** Every second one of the older half goes; the sums up to each point stay true. */
  #thinOut(): void {
    this.#points = this.#points.filter((_, index) => index === 0 || index >= mostPoints / 2 || index % 2 === 0);
  }
}

function totalOf({ held, throttled, waited, stolen }: Amounts): number {
  return held + throttled + waited + stolen;
}

/**
 * What was lost between two readings, at most all of it. One that was held at either of them may have been held all the time.
 * A quota that is used up shows as pressure too, so that of the waiting only what goes beyond it is added; what the hypervisor took comes on top.
 */
export function lostBetween(from: LostTimeReading, to: LostTimeReading): Amounts {
  const passedMs = Math.max(0, to.atMs - from.atMs);
  if (from.held !== null || to.held !== null) return { held: passedMs, throttled: 0, waited: 0, stolen: 0 };
  const throttledMs = grown(from.throttledMs, to.throttledMs, passedMs);
  const waitedMs = grown(from.waitedMs, to.waitedMs, passedMs);
  const demandedMs = to.demandedMs - from.demandedMs;
  const share = demandedMs > 0 ? Math.min(1, Math.max(0, (to.stolenMs - from.stolenMs) / demandedMs)) : 0;
  return {
    held: 0,
    throttled: throttledMs,
    waited: Math.max(0, waitedMs - throttledMs),
    stolen: Math.min(share * passedMs, passedMs - Math.max(throttledMs, waitedMs)),
  };
}

/** Counters shrink when a thread or a cgroup goes away. */
function grown(from: number, to: number, atMost: number): number {
  return Math.min(atMost, Math.max(0, to - from));
}
