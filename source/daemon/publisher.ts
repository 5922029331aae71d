import type { EngineStatus, Notifications } from '../control/protocol.ts';
import { groupStatus } from '../engine/snapshot.ts';
import type { EngineState } from '../engine/state.ts';
import type { GroupStatus, ProcessStatus } from '../engine/status.ts';
import type { Moment } from '../ports/clock.ts';
import { roughly } from './stall-timers.ts';

export interface PublisherOptions {
  readonly state: () => EngineState;
  readonly now: () => Moment;
  readonly engine: () => EngineStatus;
  /** Fills in what is measured. */
  readonly measure: (name: string, process: ProcessStatus) => ProcessStatus;
  readonly hasSubscribers: () => boolean;
  readonly send: (change: Notifications['changed']) => void;
}

/** About a millisecond. */
const statusesPerTurn = 64;
const nothing: readonly number[] = [];

/**
 * Tells subscribers what has changed, and only that. Changes that follow each other closely are sent as one:
 * what was marked in one turn of the event loop goes out at its end.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  /** What was sent last, as text, by full name: the cheapest way to see that a status differs. */
  readonly #sent = new Map<string, string>();
  #published: EngineState | null = null;
  #isScheduled = false;
  #isRefreshing = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** The state may have changed. */
  mark(): void {
    if (this.#isScheduled || !this.#options.hasSubscribers()) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#publish(nothing);
    });
  }

  /** Time has passed or measurements were taken: every status may differ. A part of them in each turn of the event loop, so that no death is seen late for it. */
  refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    this.#refreshFrom(0);
  }

  #refreshFrom(index: number): void {
    const next = index + statusesPerTurn;
    if (this.#options.hasSubscribers()) {
      this.#publish(Array.from({ length: statusesPerTurn }, (_, offset) => index + offset));
      if (next < this.#options.state().processes.length) {
        setImmediate(() => this.#refreshFrom(next));
        return;
      }
    }
    this.#isRefreshing = false;
  }

  /** What has changed, and `also` these processes by index. */
  #publish(also: readonly number[]): void {
    const { state: stateOf, now, engine, send } = this.#options;
    const state = stateOf();
    const before = this.#published;
    this.#published = state;
    const whole = before === null || before.plan !== state.plan;
    if (whole) this.#sent.clear();
    const only = whole ? undefined : new Set([...changedIndexes(before, state), ...also]);
    const groups: GroupStatus[] = [];
    for (const record of state.groups) {
      const status = groupStatus(state, record, now(), only);
      const processes = status.processes
        .map((process) => this.#options.measure(`${status.name}/${process.name}`, process))
        .filter((process) => this.#differs(`${status.name}/${process.name}`, roughly(process)));
      const hasHeadChanged = this.#differs(status.name, { ...status, processes: [] });
      if (whole || hasHeadChanged || processes.length > 0) groups.push({ ...status, processes });
    }
    if (whole || groups.length > 0) send({ whole, engine: engine(), groups });
  }

  #differs(name: string, status: unknown): boolean {
    const text = JSON.stringify(status);
    if (this.#sent.get(name) === text) return false;
    this.#sent.set(name, text);
    return true;
  }
}

/** What a step touched is another object; its dependants show whether their conditions hold. */
function changedIndexes(before: EngineState, after: EngineState): ReadonlySet<number> {
  const changed = new Set<number>();
  const pausesChanged = before.groups !== after.groups;
  after.processes.forEach((process, index) => {
    if (process === before.processes[index] && !pausesChanged) return;
    changed.add(index);
    for (const dependant of after.plan.dependants[index] ?? []) changed.add(dependant);
  });
  return changed;
}
