import type { Exit, Instance } from '../ports/instance.ts';
import type { GroupSpec, ProcessSpec, WrittenValue } from '../profile/profile.ts';
import type { Plan } from './plan.ts';

/**
 * Everything the engine knows. One owner (the runtime), one function that changes it (`step`).
 * Times ending in `AtMs` or `untilMs` are on the monotonic clock unless their comment says wall clock.
 */
export interface EngineState {
  /** Distinguishes this life of the engine from all others; begins every launch mark. */
  readonly generation: string;
  /** Launches and scripts begun in this life. */
  readonly launches: number;
  /** State of the generator that varies the backoff. */
  readonly random: number;
  readonly groups: readonly GroupRecord[];
  /** In the order of the profile; those that a reload took away follow until they have stopped. */
  readonly processes: readonly ProcessRecord[];
  /** Derived from `processes`: who stands where, who depends on whom. */
  readonly plan: Plan;
}

export interface GroupRecord {
  readonly spec: GroupSpec;
  readonly pause: Pause | null;
}

export interface ProcessRecord {
  readonly group: string;
  /** `group/process` */
  readonly name: string;
  /** As the profile says. */
  readonly declared: ProcessSpec;
  /** In force: declared, with the overrides laid over it. */
  readonly spec: ProcessSpec;
  readonly wanted: 'up' | 'down';
  readonly pause: Pause | null;
  readonly overrides: Readonly<Record<string, Override>>;
  readonly slots: readonly Slot[];
}

export interface Pause {
  readonly by: string;
  readonly why: string;
  /** Wall clock, since a person said it; null: until resumed. */
  readonly untilWallMs: number | null;
}

export interface Override {
  readonly value: WrittenValue;
  readonly by: string;
  /** Wall clock. */
  readonly atWallMs: number;
}

/**
 * What is restarted as one: one copy of a `command` entry (`worker#2`), or a `match` entry as a whole.
 * The restart limit counts here.
 */
export interface Slot {
  /** From 1. */
  readonly number: number;
  readonly phase: Phase;
  readonly sinceMs: number;
  /** At most one for a command entry; for a match entry all that were found, by number. */
  readonly living: readonly Living[];
  /** When each counted restart was decided; only those within the window are kept. */
  readonly restarts: readonly number[];
  readonly lastExit: Exit | null;
  /** The last to die here, so that a search that began before its death does not bring it back. */
  readonly lastDead: Instance | null;
  /** To go down and come up again because somebody asked for a restart or its definition changed. */
  readonly cycling: boolean;
  /** To go down and leave the state: a reload took it away. */
  readonly retiring: boolean;
  /** Died while monitoring was paused; reported at resume. */
  readonly missed: boolean;
}

export interface Living {
  /** From 1, unique within the slot. */
  readonly number: number;
  readonly instance: Instance;
  /** Mark in its environment; null when something else started it. */
  readonly launch: string | null;
}

/** Where a slot stands. Each waiting phase carries its own deadline, and only what it needs. */
export type Phase =
  | { readonly is: 'stopped' }
  /**
   * For a search, or for its dependencies, and then it starts. `asked`: an operator wanted that start, so it does not count.
   */
  | { readonly is: 'waiting'; readonly for: 'search' | 'dependencies'; readonly asked: boolean }
  /** For the end of a pause, or for something else to start it. */
  | { readonly is: 'waiting'; readonly for: 'resume' | 'appearance' }
  | { readonly is: 'backoff'; readonly untilMs: number }
  | { readonly is: 'launching'; readonly launch: string }
  | { readonly is: 'scripting'; readonly run: string; readonly untilMs: number }
  /** The restart script is done; the process is looked for, again at `nextMs`, given up at `untilMs`. */
  | { readonly is: 'searching'; readonly nextMs: number; readonly untilMs: number }
  /** Lives, not yet ready. `means`: what the deadline says; a process that was found has none. */
  | { readonly is: 'readying'; readonly untilMs: number | null; readonly means: 'ready' | 'fail' }
  | { readonly is: 'running' }
  /** Asked to end; killed at `untilMs`. */
  | { readonly is: 'asking'; readonly untilMs: number; readonly ending: Ending; readonly asked: readonly Living[] }
  /** Its tree is being killed. `swept`: that is done, and only the kernel's word of the end is missing; killed again at `untilMs`. */
  | {
      readonly is: 'sweeping';
      readonly untilMs: number | null;
      readonly swept: boolean;
      readonly ending: Ending;
      readonly asked: readonly Living[];
    }
  | { readonly is: 'exited' }
  | { readonly is: 'fatal'; readonly reason: string };

/** Why an instance ended, kept until its tree is gone and the next move is decided. */
export type Ending =
  | { readonly kind: 'asked' }
  | { readonly kind: 'died'; readonly exit: Exit }
  | { readonly kind: 'failed'; readonly reason: string };

/** When the phase ends by itself; null: something else ends it. */
export function deadlineOf(phase: Phase): number | null {
  switch (phase.is) {
    case 'backoff':
    case 'scripting':
    case 'readying':
    case 'asking':
    case 'sweeping':
      return phase.untilMs;
    case 'searching':
      return Math.min(phase.nextMs, phase.untilMs);
    default:
      return null;
  }
}

export function slotName(process: Pick<ProcessRecord, 'name'>, slot: Pick<Slot, 'number'>): string {
  return `${process.name}#${slot.number}`;
}
