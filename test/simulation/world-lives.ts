import type { Effect } from '../../source/engine/effect.ts';
import type { Instance } from '../../source/ports/instance.ts';
import { isSameInstance } from '../../source/ports/instance.ts';
import type { LostTimeReading, SampleState } from '../../source/ports/meter.ts';
import type { World } from './world.ts';

/** What a simulated process is doing in truth. */
export type Doing = 'works' | 'hangs' | 'spins' | 'blocked' | 'stopped' | 'traced' | 'frozen';

/** The truth about one life. Times are monotonic; `lost...` is what had been lost up to then. */
export interface Life {
  readonly instance: Instance;
  readonly bornMs: number;
  doing: Doing;
  sinceMs: number;
  /** Until when this account has been kept. */
  seenMs: number;
  /** Time in which it could run. */
  ownMs: number;
  cpuMs: number;
  /** In which it could not, whatever it does: starved or held. */
  lostMs: number;
  starvedMs: number;
  throttledMs: number;
  beats: number;
  beatMs: number;
  lostAtBeatMs: number;
  movedMs: number;
  lostAtMoveMs: number;
  lostAtChangeMs: number;
  /** When the wall clock said what at its last beat. */
  beatWallMs: number;
  memoryBytes: number;
  /** Since when it uses far too much of it; null: it does not. */
  bloatedMs: number | null;
  lostAtBloatMs: number;
  /** When the engine began to keep account of its rules, was away last, or need not before. */
  watchedMs: number;
  /** Probes that failed in a row. */
  failedProbes: number;
  /** When the wall clock was set last. */
  clockSetMs: number;
}

export type Shortage = 'steal' | 'waits' | 'throttled';

interface Famine {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the time, 0 to 1. */
  readonly share: number;
  readonly by: Shortage;
}

/** A process that works does so at least so often, in its own time; writes, beats. */
const beatEveryMs = 20_000;
const plainMemoryBytes = 100 * 1024 ** 2;

const held: ReadonlySet<Doing> = new Set(['traced', 'frozen']);
const idle: ReadonlySet<Doing> = new Set(['hangs', 'blocked', 'stopped', 'traced', 'frozen']);
const states: Readonly<Record<Doing, SampleState>> = {
  works: 'sleeping',
  hangs: 'sleeping',
  spins: 'running',
  blocked: 'blocked',
  stopped: 'stopped',
  traced: 'traced',
  frozen: 'sleeping',
};

/** What the simulated processes do in truth, worked out when somebody looks: nothing in it costs an event. */
export class WorldLives {
  readonly #world: World;
  readonly #lives = new Map<number, Life>();
  #famines: Famine[] = [];
  #stolenMs = 0;
  /** Until when the theft is counted. */
  #stolenUntilMs = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Null: it does not live. `born`: hears of one that is met for the first time. */
  of(instance: Instance, born: (life: Life) => void = () => {}): Life | null {
    if (!this.#world.isAlive(instance)) return null;
    const known = this.#lives.get(instance.pid);
    if (known !== undefined && isSameInstance(known.instance, instance)) {
      this.#keepAccount(known);
      return known;
    }
    const { monoMs, wallMs } = this.#world;
    const life: Life = {
      instance,
      bornMs: monoMs,
      doing: 'works',
      sinceMs: monoMs,
      seenMs: monoMs,
      ownMs: 0,
      cpuMs: 0,
      lostMs: 0,
      starvedMs: 0,
      throttledMs: 0,
      beats: 0,
      beatMs: monoMs,
      lostAtBeatMs: 0,
      movedMs: monoMs,
      lostAtMoveMs: 0,
      lostAtChangeMs: 0,
      beatWallMs: wallMs,
      memoryBytes: plainMemoryBytes,
      bloatedMs: null,
      lostAtBloatMs: 0,
      watchedMs: monoMs,
      failedProbes: 0,
      clockSetMs: Number.NEGATIVE_INFINITY,
    };
    this.#lives.set(instance.pid, life);
    born(life);
    return life;
  }

  /** Known already, and living. */
  known(instance: Instance): Life | null {
    const life = this.#lives.get(instance.pid);
    return life === undefined || !isSameInstance(life.instance, instance) ? null : this.of(instance);
  }

  turnTo(instance: Instance, doing: Doing): void {
    const life = this.known(instance);
    if (life === null) return;
    life.doing = doing;
    life.sinceMs = this.#world.monoMs;
    life.lostAtChangeMs = life.lostMs;
    if (doing !== 'works') return;
    // What was due while it could not run is done at once.
    this.#beat(life, this.#world.monoMs, life.lostMs);
    life.movedMs = this.#world.monoMs;
    life.lostAtMoveMs = life.lostMs;
    life.cpuMs += 1;
  }

  bloat(life: Life): void {
    life.memoryBytes = 20 * plainMemoryBytes;
    life.bloatedMs = this.#world.monoMs;
    life.lostAtBloatMs = life.lostMs;
  }

  /** The host has no time for anybody for a while. */
  starve(forMs: number, share: number, by: Shortage): void {
    this.settle();
    const { monoMs } = this.#world;
    if (this.#famines.some((famine) => famine.toMs > monoMs)) return;
    this.#famines = [...this.#famines, { fromMs: monoMs, toMs: monoMs + forMs, share, by }].slice(-1);
  }

  /** Brings every account up to now: before the wall clock jumps, or the past is forgotten. */
  settle(): void {
    this.#countTheft();
    for (const [pid, life] of this.#lives)
      if (this.#world.isAlive(life.instance)) this.#keepAccount(life);
      else this.#lives.delete(pid);
  }

  /** The wall clock is about to be set. */
  clockIsSet(): void {
    this.settle();
    for (const life of this.#lives.values()) life.clockSetMs = this.#world.monoMs;
  }

  /** The engine was away until now. */
  engineWasAway(): void {
    for (const life of this.#lives.values()) life.watchedMs = this.#world.monoMs;
  }

  /** Whatever ails them ends. */
  cure(): void {
    this.settle();
    this.#famines = [];
    for (const life of this.#lives.values()) {
      life.memoryBytes = plainMemoryBytes;
      life.bloatedMs = null;
      if (life.doing !== 'works') this.turnTo(life.instance, 'works');
    }
  }

  /** Whoever works falls ill, and nothing else happens: each is to be called in time. */
  ail(): void {
    const { chance } = this.#world;
    this.settle();
    for (const life of this.#lives.values()) {
      if (life.doing !== 'works') continue;
      const doing = chance.pick(['hangs', 'spins', 'blocked', 'works'] as const);
      if (doing === 'works') this.bloat(life);
      else this.turnTo(life.instance, doing);
    }
  }

  /** The engine begins to keep account of its rules; a beat that an operator gives is as good as its own. */
  observe(effects: readonly Effect[]): void {
    for (const effect of effects)
      if (effect.do === 'watch-signs' || effect.do === 'beat') this.grant(effect.instance, 0);
  }

  /** It has asked for so much more time. */
  grant(instance: Instance, ms: number): void {
    const life = this.known(instance);
    if (life !== null) life.watchedMs = this.#world.monoMs + ms;
  }

  reboot(): void {
    this.#lives.clear();
    this.#famines = [];
    this.#stolenUntilMs = 0;
  }

  stateOf({ doing }: Life): SampleState {
    return states[doing];
  }

  readingOf(life: Life): LostTimeReading {
    this.#countTheft();
    const words: Partial<Record<Doing, string>> = { traced: 'debugger gdb, pid 4711', frozen: 'its cgroup is frozen' };
    return {
      atMs: this.#world.monoMs,
      suspendedMs: 0,
      stolenMs: this.#stolenMs,
      demandedMs: this.#world.monoMs,
      waitedMs: life.starvedMs,
      throttledMs: life.throttledMs,
      held: words[life.doing] ?? null,
    };
  }

  /** Nobody runs at all now. */
  isStarving(): boolean {
    const { monoMs } = this.#world;
    return this.#famines.some(({ fromMs, toMs, share }) => fromMs <= monoMs && monoMs < toMs && share > 0.4);
  }

  /** When it beats next, if nothing changes. */
  nextBeatMs(life: Life): number {
    const speed = this.isStarving() ? 0 : 1;
    return speed === 0 ? beatEveryMs : beatEveryMs - (life.ownMs % beatEveryMs);
  }

  #keepAccount(life: Life): void {
    const { monoMs } = this.#world;
    while (life.seenMs < monoMs) {
      const from = life.seenMs;
      const famine = this.#famines.find(({ fromMs, toMs }) => fromMs <= from && from < toMs);
      const next = Math.min(
        famine?.toMs ?? monoMs,
        monoMs,
        ...this.#famines.map(({ fromMs }) => fromMs).filter((at) => at > from),
      );
      this.#pass(life, from, next, famine);
    }
  }

  #pass(life: Life, from: number, to: number, famine: Famine | undefined): void {
    const passedMs = to - from;
    const isHeld = held.has(life.doing);
    const speed = isHeld ? 0 : 1 - (famine?.share ?? 0);
    const lostBefore = life.lostMs;
    life.lostMs += (1 - speed) * passedMs;
    // A process that sleeps does not wait for a CPU; the host's theft and an empty quota are nobody's own.
    if (famine?.by === 'waits' || famine?.by === 'throttled') life.starvedMs += famine.share * passedMs;
    if (famine?.by === 'throttled') life.throttledMs += famine.share * passedMs;
    life.seenMs = to;
    if (idle.has(life.doing) || speed === 0) return;
    life.cpuMs += speed * passedMs * (life.doing === 'spins' ? 1 : 0.05);
    life.movedMs = to;
    life.lostAtMoveMs = life.lostMs;
    if (life.doing === 'spins') return;
    const before = life.ownMs;
    life.ownMs += speed * passedMs;
    const due = Math.floor(life.ownMs / beatEveryMs) * beatEveryMs;
    if (due <= before) return;
    const intoMs = (due - before) / speed;
    this.#beat(life, from + intoMs, lostBefore + (1 - speed) * intoMs);
  }

  #beat(life: Life, atMs: number, lostMs: number): void {
    life.beats += 1;
    life.beatMs = atMs;
    life.lostAtBeatMs = lostMs;
    life.beatWallMs = this.#world.wallMs - (this.#world.monoMs - atMs);
  }

  #countTheft(): void {
    const { monoMs } = this.#world;
    for (const { fromMs, toMs, share, by } of this.#famines)
      if (by === 'steal')
        this.#stolenMs += share * Math.max(0, Math.min(toMs, monoMs) - Math.max(fromMs, this.#stolenUntilMs));
    this.#stolenUntilMs = monoMs;
  }
}
