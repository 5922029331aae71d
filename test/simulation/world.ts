import type { Moment } from '../../source/ports/clock.ts';
import type { Exit, Instance } from '../../source/ports/instance.ts';
import { isSameInstance } from '../../source/ports/instance.ts';
import { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import { WorldLives } from './world-lives.ts';
import { WorldServices } from './world-services.ts';

/** A simulated OS process. */
export interface WorldProcess {
  readonly instance: Instance;
  /** Slot whose child it is (`shop/api#1`), or the `match` entry that finds it (`shop/database`). */
  readonly owner: string;
  readonly launch: string | null;
  /** The main process of its tree, by launch or pid; null for a main process. */
  readonly leader: Instance | null;
  readonly ignoresTerm: boolean;
  readonly readyAtMs: number | null;
  /** The command it was launched with; null: something else started it. */
  readonly command: string | null;
}

/** How sound the world is: the engine must come to rest once it is `sound`. */
export type Weather = 'faulty' | 'sound';

/** The machine that the simulated ports stand on: time, processes, chance. Nothing in it waits. */
export class World {
  readonly chance: Chance;
  weather: Weather = 'faulty';
  monoMs = 1_000;
  wallMs = 1_700_000_000_000;
  boot = 1;
  readonly processes = new Map<number, WorldProcess>();
  readonly services: WorldServices;
  /** What the processes do in truth. */
  readonly lives: WorldLives;
  readonly #watchers = new Map<number, { readonly instance: Instance; readonly report: (exit: Exit) => void }>();
  readonly #agenda = new Agenda();
  #lastPid = 10;
  #ticks = 0;

  constructor(chance: Chance) {
    this.chance = chance;
    this.services = new WorldServices(this);
    this.lives = new WorldLives(this);
  }

  now(): Moment {
    return { monoMs: this.monoMs, wallMs: this.wallMs };
  }

  plan(inMs: number, act: () => void): void {
    this.#agenda.add(this.monoMs + inMs, act);
  }

  /** When the next planned thing happens; null when nothing is planned. */
  nextAtMs(): number | null {
    return this.#agenda.first()?.atMs ?? null;
  }

  /** Lets the next planned thing happen, at its time. */
  advance(): void {
    const first = this.#agenda.take();
    if (first === undefined) return;
    this.passUntil(first.atMs);
    first.act();
  }

  passUntil(monoMs: number): void {
    const passed = Math.max(0, monoMs - this.monoMs);
    this.monoMs += passed;
    this.wallMs += passed;
  }

  /** Pids come from a small space, so that they are used again soon. */
  spawn(
    owner: string,
    launch: string | null,
    leader: Instance | null,
    traits: Pick<WorldProcess, 'ignoresTerm' | 'readyAtMs'> & { readonly command?: string | null },
  ): WorldProcess {
    do this.#lastPid = this.#lastPid >= 90 ? 10 : this.#lastPid + 1;
    while (this.processes.has(this.#lastPid));
    this.#ticks += 1;
    const instance = { pid: this.#lastPid, startTime: this.#ticks, startedAtMs: this.wallMs };
    const process = { command: null, instance, owner, launch, leader, ...traits };
    this.processes.set(instance.pid, process);
    return process;
  }

  isAlive(instance: Instance): boolean {
    const process = this.processes.get(instance.pid);
    return process !== undefined && isSameInstance(process.instance, instance);
  }

  /** Whose it is, while it lives. */
  ownerOf(instance: Instance): string | null {
    const process = this.processes.get(instance.pid);
    return process !== undefined && isSameInstance(process.instance, instance) ? process.owner : null;
  }

  commandOf(instance: Instance): string | null {
    return this.isAlive(instance) ? (this.processes.get(instance.pid)?.command ?? null) : null;
  }

  isWatched(instance: Instance): boolean {
    const watcher = this.#watchers.get(instance.pid);
    return watcher !== undefined && isSameInstance(watcher.instance, instance);
  }

  watched(): Instance[] {
    return [...this.#watchers.values()].map((watcher) => watcher.instance);
  }

  end(instance: Instance, exit: Exit): void {
    if (!this.isAlive(instance)) return;
    const { owner } = this.processes.get(instance.pid) ?? { owner: '' };
    this.processes.delete(instance.pid);
    this.services.mainEnded(owner, exit);
    const watcher = this.#watchers.get(instance.pid);
    if (watcher === undefined || !isSameInstance(watcher.instance, instance)) return;
    this.#watchers.delete(instance.pid);
    this.plan(this.chance.between(0, 2), () => watcher.report(exit));
  }

  watch(instance: Instance, report: (exit: Exit) => void): void {
    if (this.isAlive(instance)) this.#watchers.set(instance.pid, { instance, report });
    else this.plan(0, () => report({ unknown: 'it was gone when it was to be watched' }));
  }

  unwatch(instance: Instance): void {
    const watcher = this.#watchers.get(instance.pid);
    if (watcher !== undefined && isSameInstance(watcher.instance, instance)) this.#watchers.delete(instance.pid);
  }

  /** The engine is gone: nobody watches any more. */
  forgetWatchers(): void {
    this.#watchers.clear();
  }

  reboot(): void {
    this.processes.clear();
    this.#watchers.clear();
    this.#agenda.clear();
    this.services.reboot();
    this.lives.reboot();
    this.boot += 1;
    this.wallMs += 60_000;
    this.monoMs = 500;
  }

  mainsOf(owner: string): WorldProcess[] {
    const mains: WorldProcess[] = [];
    for (const process of this.processes.values())
      if (process.owner === owner && process.leader === null) mains.push(process);
    return mains;
  }

  /** The living members of a tree, without its main process. */
  treeOf(main: Instance): WorldProcess[] {
    return [...this.processes.values()].filter(
      (process) => process.leader !== null && isSameInstance(process.leader, main),
    );
  }
}
