import type { Exit, Instance } from '../ports/instance.ts';
import type { Consequence, GroupSpec, ProcessSpec, WrittenValue } from '../profile/profile.ts';
import type { Plan } from './plan.ts';
import type { RuleName } from './sign.ts';

/**
 * Everything the engine knows. One owner (the runtime), one function that changes it (`step`).
 * Times ending in `AtMs` or `untilMs` are on the monotonic clock unless their comment says wall clock.
 */
export interface EngineState {
  /** Distinguishes this life of the engine from all others; begins every launch mark. */
  readonly generation: string;
  /** Launches and scripts begun in this life. */
  readonly launches: number;
  /** Incidents of which evidence was asked for in this life. */
  readonly incidents: number;
  readonly evidence: EvidenceBounds;
  /** Slots that are launching or scripting now. */
  readonly underWay: number;
  readonly brake: Brake;
  /** State of the generator that varies the backoff. */
  readonly random: number;
  readonly groups: readonly GroupRecord[];
  /** In the order of the profile; those that a reload took away follow until they have stopped. */
  readonly processes: readonly ProcessRecord[];
  /** Derived from `processes`: who stands where, who depends on whom. */
  readonly plan: Plan;
}

/** What evidence may cost, as the profile says. */
export interface EvidenceBounds {
  /** All incidents together hold no more than this. */
  readonly maxBytes: number;
  /** How long the evidence of one incident may take, and a restart may wait for it. */
  readonly withinMs: number;
}

/** Until a profile says otherwise. */
export const usualEvidence: EvidenceBounds = { maxBytes: 1024 ** 3, withinMs: 5_000 };

/** Holds starts back when too many come at once. First come, first served. */
export interface Brake {
  /** Restarts let through in a second. */
  readonly perSecond: number;
  /** When the latest restarts were let through; only those of the last second matter. */
  readonly recent: readonly number[];
  /** Names of the slots that wait for their turn. */
  readonly queue: readonly string[];
  /** The storm was said; reset when the queue has run empty. */
  readonly isSaid: boolean;
  /** When its timer rings; null when nobody waits for the rate alone. */
  readonly wakeAtMs: number | null;
}

export const restfulBrake: Brake = { perSecond: 20, recent: [], queue: [], isSaid: false, wakeAtMs: null };

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
  /** Why its last start failed; null once it has come up and ended otherwise. */
  readonly lastFailure: string | null;
  /** The last to die here, so that a search that began before its death does not bring it back. */
  readonly lastDead: Instance | null;
  readonly course: Course;
  /** Died while monitoring was paused; reported at resume. */
  readonly missed: boolean;
  /** What the process says of itself; not saved, but for its heartbeat limit. */
  readonly word: Word;
  /** The rules of its living instances, while they are kept account of; not saved. */
  readonly vitals: readonly Vital[];
  /** When the timer of the vitals rings; null: it does not run. */
  readonly vitalAtMs: number | null;
  /** More instances of a `match` entry live than there may be, since when; said once that has lasted. */
  readonly surplus: { readonly sinceMs: number; readonly isSaid: boolean } | null;
}

/** What the main process of a slot says of itself by sd_notify. Forgotten when it ends. */
export interface Word {
  /** STATUS=; null: nothing. */
  readonly status: string | null;
  /** It said that it reads its configuration again, or that it is about to end; no stall rule runs while it ends. */
  readonly is: 'reloading' | 'stopping' | null;
  /** WATCHDOG_USEC=; null: as the profile says, 0: no heartbeat. Saved. */
  readonly heartbeatMs: number | null;
  /** It said that it is stuck (WATCHDOG=trigger), since then, where no heartbeat rule keeps account of that. */
  readonly stuckSinceMs: number | null;
}

export const silent: Word = { status: null, is: null, heartbeatMs: null, stuckSinceMs: null };

/** The rules of one living instance. */
export interface Vital {
  readonly instance: Instance;
  readonly timers: readonly RuleTimer[];
  /** Probes that failed in a row; 0 where there is no probe. */
  readonly failedProbes: number;
  readonly probe: ProbeStand;
  /** A look was asked for, and its answer is still to come. */
  readonly isLookedAt: boolean;
  /** Its rules are no longer those that it is watched by, and are told anew before the step ends. */
  readonly isStale: boolean;
}

/** What was made of the verdicts of the probe. */
export interface ProbeStand {
  /** So many failed in a row that it is a stall, since then; null: not so. */
  readonly brokenSinceMs: number | null;
  /** What has followed from that; null: nothing yet. */
  readonly followed: Consequence | null;
  /** It was said that the failures are no stall, since time was lost. */
  readonly isExcused: boolean;
  /** What was said of it last, until the verdict changes. */
  readonly warned: 'warning' | 'unknown' | null;
  /** What the last failure said; once it is a stall, the words it was called with. */
  readonly text: string;
}

export interface RuleTimer {
  readonly rule: RuleName;
  readonly limitMs: number;
  /** When it is looked at next. */
  readonly dueMs: number;
  /** It has run out, since then; null: it has not. */
  readonly brokenSinceMs: number | null;
  /** What has followed from that; null: nothing yet. */
  readonly followed: Consequence | null;
  /** It was said that a silence is none, since time was lost; said once until it holds again. */
  readonly isExcused: boolean;
  /** When it was last seen to hold, as of the last look. */
  readonly heldAtMs: number;
  /** The silence at the last look, less what was lost, and what was lost. */
  readonly elapsedMs: number;
  readonly lostMs: number;
  /** The words it was called with; empty while it holds. */
  readonly reason: string;
}

/** Where a slot is to go, whatever its phase: the wish of an operator, a reload or its group. */
export type Course =
  | { readonly is: 'stay' }
  /** Down, and up again. */
  | { readonly is: 'cycle' }
  /** Down, and given up together with the slot that `cause` names. */
  | { readonly is: 'give-up'; readonly cause: string }
  /** Down, and out of the state: a reload took it away. */
  | { readonly is: 'retire' };

export const stay: Course = { is: 'stay' };
export const cycle: Course = { is: 'cycle' };

/** Why a slot comes up: at first, after a failure, or because somebody asked: an operator, a reload, its group. Only the first two count. */
export type Because = 'first' | 'failure' | 'request';

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
  /** For a search, then for its dependencies, then for its turn where many start at once. */
  | { readonly is: 'waiting'; readonly for: 'search' | 'dependencies' | 'turn'; readonly because: Because }
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
  /** A rule has run out and calls for a restart: evidence is taken of the living process, until then at the latest. */
  | { readonly is: 'examining'; readonly untilMs: number; readonly incident: string; readonly reason: string }
  /** Fewer of a `match` entry live than there must be; that is tolerated until then. */
  | { readonly is: 'lacking'; readonly untilMs: number; readonly ending: Ending }
  /** The main process of a service has ended; its manager may be about to bring it back by itself. */
  | { readonly is: 'settling'; readonly untilMs: number; readonly exit: Exit }
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
  /** `cause`: the slot that it was given up with; null for the one that reached its own limit. */
  | { readonly is: 'fatal'; readonly reason: string; readonly cause: string | null };

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
    case 'lacking':
    case 'settling':
    case 'examining':
      return phase.untilMs;
    case 'searching':
      return Math.min(phase.nextMs, phase.untilMs);
    default:
      return null;
  }
}

/** A start that the machine is at work on. */
export function isUnderWay(phase: Phase): boolean {
  return phase.is === 'launching' || phase.is === 'scripting';
}

export function slotName(process: Pick<ProcessRecord, 'name'>, slot: Pick<Slot, 'number'>): string {
  return `${process.name}#${slot.number}`;
}
