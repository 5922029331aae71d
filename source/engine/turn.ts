import type { NoticeId } from '../notices/catalogue.ts';
import type { Notice, NoticeParameter } from '../notices/notice.ts';
import type { Moment } from '../ports/clock.ts';
import { changedRecords } from './durable.ts';
import type { Effect } from './effect.ts';
import { isDownIfItGoesDown } from './going-down.ts';
import { allDependencies, makePlan } from './plan.ts';
import type { Brake, EngineState, GroupRecord, Phase, ProcessRecord, Slot } from './state.ts';
import { deadlineOf, isUnderWay, slotName } from './state.ts';

/** Names one slot within a turn. */
export interface Place {
  readonly process: number;
  /** The slot's number, from 1. */
  readonly number: number;
}

export interface Step {
  readonly state: EngineState;
  readonly effects: readonly Effect[];
  readonly notices: readonly Notice[];
}

/**
 * One step under way. The state it began from is never touched: lists are copied at the first write.
 * Whatever it changes is collected for one `save` that stands before all other effects.
 */
export class Turn {
  readonly at: Moment;
  #before: EngineState;
  #state: EngineState;
  #processes: ProcessRecord[] | null = null;
  #queue: string[] | null = null;
  #queued = new Set<string>();
  readonly #written = new Set<number>();
  readonly #effects: Effect[] = [];
  readonly #lateEffects: Effect[] = [];
  readonly #notices: Notice[] = [];
  /** Slots whose next move must be thought over before the step ends. */
  readonly #open: Place[] = [];
  /** How many of them were thought over already: first come, first served. */
  #thought = 0;
  /** Those that still wait for it: asked for once more they keep their turn, or a group of a thousand would think a million times. */
  readonly #waiting = new Set<number>();

  constructor(state: EngineState, at: Moment) {
    this.#before = state;
    this.#state = state;
    this.at = at;
  }

  get state(): EngineState {
    return this.#state;
  }

  get nowMs(): number {
    return this.at.monoMs;
  }

  process(index: number): ProcessRecord {
    const process = this.#state.processes[index];
    if (process === undefined) throw new Error(`no process stands at ${index}`);
    return process;
  }

  slot(place: Place): Slot {
    const slot = this.slotIfThere(place);
    if (slot === undefined) throw new Error(`${this.process(place.process).name} has no slot ${place.number}`);
    return slot;
  }

  slotIfThere({ process, number }: Place): Slot | undefined {
    const { slots } = this.process(process);
    // They are numbered from 1, and gaps are rare.
    const guess = slots[number - 1];
    return guess?.number === number ? guess : slots.find((candidate) => candidate.number === number);
  }

  slotName(place: Place): string {
    return slotName(this.process(place.process), place);
  }

  places(process: number): Place[] {
    return this.process(process).slots.map((slot) => ({ process, number: slot.number }));
  }

  changeState(change: Partial<Pick<EngineState, 'launches' | 'random' | 'incidents' | 'evidence'>>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Like the list of processes, the queue is copied at the first write of a turn only: thousands may join in one. */
  joinQueue(slot: string): void {
    const { brake } = this.#state;
    if (this.#queue === null || brake.queue !== this.#queue) {
      this.#queue = [...brake.queue];
      this.#queued = new Set(this.#queue);
      this.changeBrake({ queue: this.#queue });
    }
    // Who has left the queue in this turn, or while there was no room for anybody, stands there still: two turns would be two copies.
    if (this.#queued.has(slot)) return;
    this.#queued.add(slot);
    this.#queue.push(slot);
  }

  changeBrake(change: Partial<Brake>): void {
    this.#state = { ...this.#state, brake: { ...this.#state.brake, ...change } };
  }

  /** A new life begins. */
  changeLife(generation: string, seed: number): void {
    this.#state = { ...this.#state, generation, launches: 0, incidents: 0, random: seed };
  }

  /** What stands now is what the records on disk say: the save of this turn holds what differs from it. */
  takeAsSaved(): void {
    this.#before = this.#state;
  }

  changeGroup(name: string, change: Partial<GroupRecord>): void {
    this.#state = {
      ...this.#state,
      groups: this.#state.groups.map((group) => (group.spec.name === name ? { ...group, ...change } : group)),
    };
  }

  changeProcess(index: number, change: Partial<ProcessRecord>): void {
    if (this.#processes === null) {
      this.#processes = this.#state.processes.slice();
      this.#state = { ...this.#state, processes: this.#processes };
    }
    this.#processes[index] = { ...this.process(index), ...change };
    this.#written.add(index);
  }

  changeSlot(place: Place, change: Partial<Slot>): void {
    const slots = this.process(place.process).slots.map((slot) =>
      slot.number === place.number ? { ...slot, ...change } : slot,
    );
    this.changeProcess(place.process, { slots });
  }

  /** The only way from one phase to another: keeps the slot's one timer in step and thinks over everybody whom it concerns. */
  enter(place: Place, phase: Phase, change: Partial<Slot> = {}): void {
    const was = this.slot(place).phase;
    const before = deadlineOf(was);
    const after = deadlineOf(phase);
    const underWay = this.#state.underWay + Number(isUnderWay(phase)) - Number(isUnderWay(was));
    if (underWay !== this.#state.underWay) this.#state = { ...this.#state, underWay };
    this.changeSlot(place, { ...change, phase, sinceMs: this.nowMs });
    if (after !== null) this.effect({ do: 'set-timer', timer: `slot:${this.slotName(place)}`, atMs: after });
    else if (before !== null) this.effect({ do: 'clear-timer', timer: `slot:${this.slotName(place)}` });
    this.open(place);
    this.openNeighbours(place.process);
  }

  open(place: Place): void {
    const key = keyOf(place);
    if (this.#waiting.has(key)) return;
    this.#waiting.add(key);
    this.#open.push(place);
  }

  hasOpen(): boolean {
    return this.#thought < this.#open.length;
  }

  openAll(process: number): void {
    for (const place of this.places(process)) this.open(place);
  }

  openNeighbours(process: number): void {
    const { plan } = this.#state;
    for (const dependant of plan.dependants[process] ?? []) this.openAll(dependant);
    // Whatever it stands on, however deep, may wait for its end.
    for (const dependency of allDependencies(plan, process)) this.openAll(dependency);
    const { group } = this.process(process);
    if (plan.wholes.has(group)) this.#openWhole(plan.members.get(group) ?? []);
  }

  /** Its members may have waited for all of it to be down. */
  #openWhole(members: readonly number[]): void {
    if (!members.every((process) => isDownIfItGoesDown(this.process(process)))) return;
    for (const process of members) {
      for (const { phase, number } of this.process(process).slots)
        if (phase.is === 'waiting') this.open({ process, number });
    }
  }

  nextOpen(): Place | undefined {
    const place = this.#open[this.#thought];
    this.#thought += 1;
    if (place !== undefined) this.#waiting.delete(keyOf(place));
    return place;
  }

  /** A new list of processes, and so a new plan; the old places are void. */
  restructure(groups: readonly GroupRecord[], processes: readonly ProcessRecord[]): void {
    this.#processes = null;
    this.#open.length = 0;
    this.#thought = 0;
    this.#waiting.clear();
    const underWay = processes.reduce(
      (sum, process) => sum + process.slots.filter((slot) => isUnderWay(slot.phase)).length,
      0,
    );
    this.#state = { ...this.#state, groups, processes, plan: makePlan(groups, processes), underWay };
  }

  /** Something about it has changed that is not written in its own record. */
  touch(process: number): void {
    this.#written.add(process);
  }

  /** Processes about which something has changed in this turn. */
  touched(): Iterable<number> {
    return this.#state.plan === this.#before.plan ? this.#written : this.#state.processes.keys();
  }

  /** A slot that a reload took away has stopped in this turn. */
  hasRetired(): boolean {
    for (const index of this.touched()) {
      if (
        this.#state.processes[index]?.slots.some(
          (slot) => slot.course.is === 'retire' && slot.phase.is === 'stopped',
        ) === true
      )
        return true;
    }
    return false;
  }

  effect(effect: Effect): void {
    this.#effects.push(effect);
  }

  /** Delays nothing of what this step decides. */
  effectLater(effect: Effect): void {
    this.#lateEffects.push(effect);
  }

  /** All is decided: what could wait comes now. */
  takeLateEffects(): void {
    this.#effects.push(...this.#lateEffects.splice(0));
  }

  /** A notice about a slot, one of its processes, or (with `about` a name) a group or the engine itself. */
  notice(
    id: NoticeId,
    place: Place | null,
    parameters: Readonly<Record<string, NoticeParameter>>,
    about: { pid?: number; by?: string; group?: string | null; process?: string | null } = {},
  ): void {
    const process = place === null ? null : this.process(place.process);
    this.#notices.push({
      id,
      atMs: this.at.wallMs,
      group: about.group ?? process?.group ?? null,
      process: about.process ?? process?.spec.name ?? null,
      instance: place === null || about.pid === undefined ? null : { slot: place.number, pid: about.pid },
      by: about.by ?? null,
      parameters: place === null || place.number === 1 ? parameters : { slot: place.number, ...parameters },
    });
  }

  finish(): Step {
    const records = changedRecords(this.#before, this.#state, this.#written);
    const save: Effect[] = Object.keys(records).length === 0 ? [] : [{ do: 'save', records }];
    return { state: this.#state, effects: [...save, ...this.#effects], notices: this.#notices };
  }
}

/** No process has as many slots as that. */
const slotsAtMost = 10_000;

function keyOf({ process, number }: Place): number {
  return process * slotsAtMost + number;
}
