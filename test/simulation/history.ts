import type { SavedGroup, SavedProcess, SavedSlot } from '../../source/engine/durable.ts';
import type { Event } from '../../source/engine/event.ts';
import type { Request } from '../../source/engine/request.ts';
import type { EngineState } from '../../source/engine/state.ts';
import { step as engineStep, initialState } from '../../source/engine/step.ts';
import type { Step } from '../../source/engine/turn.ts';
import { Runtime } from '../../source/runtime/runtime.ts';
import { Chance } from './chance.ts';
import { check, checkRecords, checkTimers, eachSlot, laws } from './laws.ts';
import type { Disk, Life } from './ports.ts';
import { EngineKilled, simulatedPorts } from './ports.ts';
import { simulatedProfiles } from './profiles.ts';
import { World } from './world.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly steps: number;
  /** The engine under test; the canary is a broken one. */
  readonly step?: (state: EngineState, event: Event) => Step;
  /** Sees every step: `--trace` prints them. */
  readonly onStep?: (event: Event, step: Step) => void;
}

export interface HistoryResult {
  readonly steps: number;
  readonly kills: number;
  readonly reboots: number;
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
  #profile = simulatedProfiles[0];
  #runtime: Runtime | null = null;
  #life: Life | null = null;
  #trace: Event[] = [];
  #steps = 0;
  #kills = 0;
  #reboots = 0;
  #generation = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#chance = new Chance(options.seed);
    this.#world = new World(this.#chance);
  }

  run(): HistoryResult {
    this.#guard(() => this.#beginLife());
    while (this.#steps < this.#options.steps) this.#guard(() => this.#somethingHappens());
    this.#comeToRest();
    return { steps: this.#steps, kills: this.#kills, reboots: this.#reboots };
  }

  #somethingHappens(): void {
    const { chance, weather } = this.#world;
    if (this.#runtime === null) return this.#world.nextAtMs() === null ? this.#beginLife() : this.#world.advance();
    if (weather === 'faulty' && chance.happens(0.08)) return this.#operate();
    if (weather === 'faulty' && chance.happens(0.004)) return this.#reboot();
    if (weather === 'faulty' && chance.happens(0.01)) this.#life?.killAfterCalls(chance.between(1, 12));
    if (weather === 'faulty' && chance.happens(0.01)) this.#world.wallMs += chance.between(-3_600_000, 3_600_000);
    if (weather === 'faulty' && chance.happens(0.03)) this.#strike();
    if (this.#world.nextAtMs() === null) this.#world.passUntil(this.#world.monoMs + 30_000);
    this.#world.advance();
  }

  /** Kills a process that happens to live. */
  #strike(): void {
    const living = [...this.#world.processes.values()];
    if (living.length > 0) this.#world.end(this.#chance.pick(living).instance, { signal: 'SIGKILL', core: false });
  }

  #operate(): void {
    const runtime = this.#runtime;
    if (runtime === null) return;
    if (this.#chance.happens(0.1)) {
      this.#profile = this.#chance.pick(simulatedProfiles);
      if (this.#profile !== undefined) runtime.change(this.#profile);
      return;
    }
    let answers = 0;
    runtime.request(this.#chance.pick(['ops1', 'ops2']), this.#randomRequest(), () => (answers += 1));
    check(answers === 1, `a request was answered ${answers} times`);
  }

  #randomRequest(): Request {
    const target = this.#chance.pick([
      '--all',
      'shop',
      'batch',
      'shop/database',
      'shop/api',
      'shop/worker',
      'shop/worker#2',
      'batch/once',
      'batch/after',
      'nothing/here',
    ]);
    const verb = this.#chance.pick([
      'pause',
      'resume',
      'resume',
      'start',
      'start',
      'stop',
      'restart',
      'clear',
      'clear',
      'set',
      'unset',
    ] as const);
    if (verb === 'pause')
      return {
        verb,
        target,
        why: 'patching',
        untilMs: this.#chance.happens(0.8) ? this.#world.wallMs + this.#chance.between(1, 120_000) : null,
      };
    if (verb === 'set')
      return {
        verb,
        target,
        values: {
          [this.#chance.pick(['restart.limit', 'restart.delay', 'command'])]: this.#chance.pick([1, 5, '2s', 'no']),
        },
      };
    if (verb === 'unset') return { verb, target, fields: [] };
    return { verb, target };
  }

  #reboot(): void {
    this.#reboots += 1;
    this.#endLife();
    this.#world.reboot();
  }

  #beginLife(): void {
    this.#generation += 1;
    const life = simulatedPorts(this.#world, this.#disk);
    const saved = structuredClone(this.#disk);
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
        checkTimers(runtime.state, life.timers);
        checkRecords(runtime.state, this.#disk);
      },
      onExit: () => this.#endLife(),
    });
    this.#life = life;
    this.#runtime = runtime;
    if (this.#profile !== undefined)
      runtime.begin(this.#profile, () =>
        checkRecovery(saved, runtime.state, this.#world.monoMs, life.ports.clock.bootId()),
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
    this.#options.onStep?.(event, step);
    this.#trace.push(event);
    for (const [name, law] of Object.entries(laws)) {
      try {
        law({ event, before, step, world: this.#world });
      } catch (error) {
        throw new BrokenLaw(`${name}: ${messageOf(error)} (at ${event.type})`);
      }
    }
  }

  /** The engine is deterministic: its events, taken again, give the same state. */
  #checkReplay(state: EngineState): void {
    if (this.#options.step !== undefined) return;
    const replayed = this.#trace.reduce((one, event) => engineStep(one, event).state, initialState);
    check(JSON.stringify(replayed) === JSON.stringify(state), 'replaying the events gave another state');
  }

  #comeToRest(): void {
    this.#world.weather = 'sound';
    this.#life?.killAfterCalls(Number.POSITIVE_INFINITY);
    this.#letPass(120_000);
    for (const process of this.#world.processes.values())
      if (process.readyAtMs === null && process.leader === null) this.#world.end(process.instance, { code: 1 });
    if (this.#chance.happens(0.5))
      this.#world.spawn('shop/found', null, null, { ignoresTerm: false, readyAtMs: this.#world.monoMs });
    for (const verb of ['unset', 'resume', 'clear', 'start'] as const) {
      this.#guard(() =>
        this.#runtime?.request(
          'ops1',
          verb === 'unset' ? { verb, target: '--all', fields: [] } : { verb, target: '--all' },
          () => {},
        ),
      );
    }
    this.#letPass(900_000);
    this.#guard(() => this.#checkLiveness());
  }

  #letPass(ms: number): void {
    const until = this.#world.monoMs + ms;
    for (let next = this.#world.nextAtMs(); next !== null && next <= until; next = this.#world.nextAtMs())
      this.#guard(() => this.#world.advance());
    this.#world.passUntil(until);
  }

  #checkLiveness(): void {
    const state = this.#runtime?.state;
    check(state !== undefined, 'no engine lives at the end');
    eachSlot(state, (process, slot) => {
      if (process.name === 'shop/found' || process.name === 'shop/late' || process.spec.restart.limit === 0) return;
      const isWell =
        slot.phase.is === 'running' || (slot.phase.is === 'exited' && process.spec.restart.when !== 'always');
      check(
        isWell,
        `liveness: ${process.name}#${slot.number} is ${JSON.stringify(slot.phase)} though every fault has ended`,
      );
    });
  }

  /** An engine that is killed is part of the history; a broken law ends it, with the command that repeats it. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof EngineKilled) {
        this.#kills += 1;
        this.#endLife();
        return;
      }
      throw new BrokenLaw(
        `seed ${this.#options.seed}, step ${this.#steps}: ${messageOf(error)}\nrepeat it: npm run simulate -- --seed ${this.#options.seed} --steps ${this.#options.steps}`,
        { cause: error },
      );
    }
  }
}

/** After a crash no counter, pause or override is lost. */
function checkRecovery(disk: Disk, state: EngineState, nowMs: number, bootId: string): void {
  const sameBoot = (disk['engine'] as { bootId: string } | undefined)?.bootId === bootId;
  for (const group of state.groups) {
    const saved = disk[`group:${group.spec.name}`] as SavedGroup | undefined;
    if (saved !== undefined)
      check((saved.pause === null) === (group.pause === null), `the pause of ${group.spec.name} was not recovered`);
  }
  for (const process of state.processes) {
    const saved = disk[`process:${process.name}`] as SavedProcess | undefined;
    if (saved === undefined) continue;
    check(
      saved.wanted === process.wanted,
      `${process.name} was wanted ${saved.wanted} and is now wanted ${process.wanted}`,
    );
    check(
      JSON.stringify(saved.pause) === JSON.stringify(process.pause),
      `the pause of ${process.name} was not recovered`,
    );
    const fields = Object.keys(saved.overrides).filter((field) => process.overrides[field] === undefined);
    check(fields.length === 0, `${process.name} lost the overrides ${fields.join(', ')}`);
    for (const slot of process.slots) {
      const record = disk[`slot:${process.name}#${slot.number}`] as SavedSlot | undefined;
      if (record === undefined || !sameBoot) continue;
      const counting = record.restarts.filter((at) => at > nowMs - process.spec.restart.withinMs);
      check(
        counting.every((at) => slot.restarts.includes(at)),
        `${process.name}#${slot.number} forgot its restarts`,
      );
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
