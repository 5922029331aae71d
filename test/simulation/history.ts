import type { Event } from '../../source/engine/event.ts';
import type { EngineState } from '../../source/engine/state.ts';
import { step as engineStep, initialState } from '../../source/engine/step.ts';
import type { Step } from '../../source/engine/turn.ts';
import type { ParseResult } from '../../source/profile/parse.ts';
import type { Profile } from '../../source/profile/profile.ts';
import { Runtime } from '../../source/runtime/runtime.ts';
import { Chance } from './chance.ts';
import { LawBook, livenessLaw, replayLaw } from './laws.ts';
import { stuckSlot } from './liveness.ts';
import type { Disk, Life } from './ports.ts';
import { EngineKilled, simulatedPorts } from './ports.ts';
import { type Folder, firstProfile, readFolder, soundFolders, spoiltFolders, watchfulProfile } from './reloads.ts';
import { randomRequest } from './requests.ts';
import { restMs, setWallClock, standStill, starveSomeTime } from './weather.ts';
import { World } from './world.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly steps: number;
  /** The engine under test; the canary is a broken one. */
  readonly step?: (state: EngineState, event: Event) => Step;
  /** What reads the folder of profiles; the canary's takes more than it should. */
  readonly read?: (folder: Folder) => ParseResult;
  /** Checks one law alone. */
  readonly only?: string;
  /** Kills the engine at this call of a port, counted over all of its lives, and at no other. */
  readonly killAtCall?: number;
  /** Sees every step: `--trace` prints them. */
  readonly onStep?: (event: Event, step: Step, before: EngineState) => void;
}

export interface HistoryResult {
  readonly steps: number;
  readonly kills: number;
  readonly reboots: number;
  /** Calls of a port: the points at which the engine can be killed. */
  readonly calls: number;
}

/** A law was broken; the message names it and the command that repeats it. */
export class BrokenLaw extends Error {}

/** Lets the production engine and runtime live through one random history. Throws BrokenLaw. */
export function runHistory(options: HistoryOptions): HistoryResult {
  return new History(options).run();
}

class History {
  readonly #options: HistoryOptions;
  readonly #chance: Chance;
  readonly #world: World;
  readonly #disk: Disk = {};
  readonly #laws: LawBook;
  /** What a new engine finds in the folder. */
  #profile: Profile = firstProfile;
  /** The latest that an engine was given. */
  #given: Profile = firstProfile;
  #runtime: Runtime | null = null;
  #life: Life | null = null;
  #trace: Event[] = [];
  #steps = 0;
  #kills = 0;
  #reboots = 0;
  #generation = 0;
  #calls = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#chance = new Chance(options.seed);
    if (this.#isWatchful) this.#profile = watchfulProfile(options.seed / 6);
    this.#world = new World(this.#chance);
    this.#laws = new LawBook(options.only ?? null);
  }

  /** A sixth of all histories begin and end with processes that have rules; others come to them by a reload. */
  get #isWatchful(): boolean {
    return this.#options.seed % 6 === 0;
  }

  run(): HistoryResult {
    this.#guard(() => this.#beginLife());
    while (this.#steps < this.#options.steps) this.#guard(() => this.#somethingHappens());
    this.#comeToRest();
    return { steps: this.#steps, kills: this.#kills, reboots: this.#reboots, calls: this.#calls };
  }

  #somethingHappens(): void {
    const { chance, weather } = this.#world;
    if (this.#runtime === null) return this.#world.nextAtMs() === null ? this.#beginLife() : this.#world.advance();
    if (weather === 'faulty' && chance.happens(0.08)) return this.#operate();
    if (weather === 'faulty' && chance.happens(0.004)) return this.#reboot();
    if (weather === 'faulty' && this.#options.killAtCall === undefined && chance.happens(0.01))
      this.#life?.killAfterCalls(chance.between(1, 12));
    if (weather === 'faulty' && chance.happens(0.01)) setWallClock(this.#world);
    if (weather === 'faulty' && chance.happens(0.008)) starveSomeTime(this.#world);
    if (weather === 'faulty' && chance.happens(0.003)) standStill(this.#world);
    if (weather === 'faulty' && chance.happens(0.03)) this.#strike(1);
    if (weather === 'faulty' && chance.happens(0.004)) this.#strike(this.#world.processes.size);
    if (weather === 'faulty' && chance.happens(0.02)) this.#appear();
    if (this.#world.nextAtMs() === null) this.#world.passUntil(this.#world.monoMs + 30_000);
    this.#world.advance();
  }

  /** Kills so many of those that happen to live. */
  #strike(count: number): void {
    for (let struck = 0; struck < count; struck += 1) {
      const living = [...this.#world.processes.values()];
      if (living.length > 0) this.#world.end(this.#chance.pick(living).instance, { signal: 'SIGKILL', core: false });
    }
  }

  /** Something else starts one of those that are only found: one too many, or the one that was missed. */
  #appear(): void {
    const owner = this.#chance.pick(['shop/farm', 'shop/farm', 'shop/database']);
    this.#world.spawn(owner, null, null, { ignoresTerm: false, readyAtMs: this.#world.monoMs });
  }

  #operate(): void {
    const runtime = this.#runtime;
    if (runtime === null) return;
    if (this.#chance.happens(0.12)) return this.#reload(runtime);
    runtime.request(this.#chance.pick(['ops1', 'ops2']), randomRequest(this.#chance, this.#world.wallMs), () => {});
  }

  /** As the daemon does it: what lies in the folder is read and checked, and only what is sound gets to the engine. */
  #reload(runtime: Runtime): void {
    const folder = this.#chance.pick(this.#chance.happens(0.2) ? spoiltFolders : soundFolders);
    const read = (this.#options.read ?? readFolder)(folder);
    const before = runtime.state;
    const disk = { ...this.#disk };
    if (read.ok) {
      const earlier = this.#profile;
      this.#profile = read.profile;
      // Killed in the midst of it, the next engine may find either profile in the folder.
      if (this.#options.killAtCall === undefined && this.#chance.happens(0.25)) {
        this.#life?.killAfterCalls(this.#chance.between(1, 12));
        if (this.#chance.happens(0.5)) this.#profile = earlier;
      }
      runtime.change(read.profile);
    }
    this.#laws.afterReload({ folder, isTaken: read.ok, before, after: runtime.state, disk, diskAfter: this.#disk });
  }

  #reboot(): void {
    this.#reboots += 1;
    this.#endLife();
    this.#world.reboot();
  }

  #beginLife(): void {
    this.#generation += 1;
    const life = simulatedPorts(this.#world, this.#disk, () => this.#countCall());
    const saved = { ...this.#disk };
    this.#trace = [];
    const runtime = new Runtime({
      ports: life.ports,
      surroundings: { environment: {}, outputDirectory: '/simulated', notifySocket: '/simulated/notify' },
      generation: `life${this.#generation}`,
      seed: this.#options.seed,
      ...(this.#options.step === undefined ? {} : { step: this.#options.step }),
      onStep: (event, before, step) => this.#onStep(event, before, step),
      onNotice: () => {},
      onChange: () => {
        if (this.#life !== life) return;
        const { timers, probed, listened, stallProbed } = life;
        this.#laws.atRest({
          state: runtime.state,
          timers,
          probed,
          listened,
          stallProbed,
          disk: this.#disk,
          world: this.#world,
        });
      },
      onExit: () => this.#endLife(),
    });
    this.#life = life;
    this.#runtime = runtime;
    runtime.begin(this.#profile, () =>
      this.#laws.afterRecovery({
        disk: saved,
        state: runtime.state,
        nowMs: this.#world.monoMs,
        bootId: life.ports.clock.bootId(),
      }),
    );
  }

  #endLife(): void {
    if (this.#runtime !== null) this.#checkReplay(this.#runtime.state);
    this.#life?.kill();
    this.#life = null;
    this.#runtime = null;
    this.#world.plan(this.#chance.between(0, 5_000), () => this.#runtime === null && this.#beginLife());
  }

  #onStep(event: Event, before: EngineState, step: Step): void {
    this.#steps += 1;
    this.#options.onStep?.(event, step, before);
    this.#trace.push(event);
    if (event.type === 'began' || event.type === 'profile-changed') this.#given = event.profile;
    this.#world.lives.observe(step.effects);
    this.#laws.afterStep({ event, before, step, profile: this.#given, world: this.#world });
  }

  /** Once the faults have ended nobody kills it any more. */
  #countCall(): void {
    if (this.#world.weather === 'sound') return;
    this.#calls += 1;
    if (this.#calls === this.#options.killAtCall) throw new EngineKilled('killed by the simulation');
  }

  /** The engine is deterministic: its events, taken again, give the same state. */
  #checkReplay(state: EngineState): void {
    const take = this.#options.step ?? engineStep;
    this.#laws.check(replayLaw, () => {
      const replayed = this.#trace.reduce((one, event) => take(one, event).state, initialState);
      return JSON.stringify(replayed) === JSON.stringify(state) ? null : 'replaying them gave another state';
    });
  }

  #comeToRest(): void {
    this.#world.weather = 'sound';
    this.#life?.killAfterCalls(Number.POSITIVE_INFINITY);
    // Most are well at once: while one is not, it is looked at every second.
    if (this.#chance.happens(0.85)) this.#world.lives.cure();
    this.#letPass(120_000);
    this.#world.lives.cure();
    for (const process of this.#world.processes.values())
      if (process.readyAtMs === null && process.leader === null) this.#world.end(process.instance, { code: 1 });
    if (this.#chance.happens(0.5))
      this.#world.spawn('shop/found', null, null, { ignoresTerm: false, readyAtMs: this.#world.monoMs });
    this.#putRight();
    if (this.#isWatchful) this.#fallIll();
    this.#letPass(restMs(this.#runtime?.state));
    this.#guard(() => this.#checkLiveness());
  }

  #putRight(): void {
    for (const verb of ['unset', 'resume', 'clear', 'start'] as const) {
      this.#guard(() =>
        this.#runtime?.request(
          'ops1',
          verb === 'unset' ? { verb, target: '--all', fields: [] } : { verb, target: '--all' },
          () => {},
        ),
      );
    }
  }

  /** Nothing else happens meanwhile: whoever fails is to be called in time. */
  #fallIll(): void {
    this.#profile = watchfulProfile(this.#options.seed / 6);
    this.#guard(() => this.#runtime?.change(this.#profile));
    this.#letPass(20_000);
    this.#world.lives.ail();
    this.#letPass(120_000);
    this.#world.lives.cure();
  }

  #letPass(ms: number): void {
    const until = this.#world.monoMs + ms;
    for (let next = this.#world.nextAtMs(); next !== null && next <= until; next = this.#world.nextAtMs())
      this.#guard(() => this.#world.advance());
    this.#world.passUntil(until);
  }

  #checkLiveness(): void {
    this.#laws.check(livenessLaw, () => stuckSlot(this.#runtime?.state));
  }

  /** An engine that is killed is part of the history; a broken law ends it, with the command that repeats it. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof EngineKilled) {
        this.#kills += 1;
        return this.#guard(() => this.#endLife());
      }
      throw new BrokenLaw(
        `seed ${this.#options.seed}, step ${this.#steps}: ${messageOf(error)}\nrepeat it: npm run simulate -- --seed ${this.#options.seed} --steps ${this.#options.steps}${this.#options.killAtCall === undefined ? '' : ` --kill-at ${this.#options.killAtCall}`}`,
        { cause: error },
      );
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
