import type { Exit } from '../ports/instance.ts';
import type { ProcessKind, Strategy, WrittenValue } from '../profile/profile.ts';

/**
 * The shape of `status --json`, of what `subscribe` sends and of what the console draws. Stable; fields may be added.
 * Times are ISO 8601 in UTC with ms.
 */
export interface GroupStatus {
  readonly name: string;
  readonly description: string;
  readonly state: GroupState;
  readonly strategy: Strategy;
  readonly escalation: string;
  readonly paused: PauseStatus | null;
  readonly processes: readonly ProcessStatus[];
}

export type GroupState = 'up' | 'degraded' | 'down' | 'recovering' | 'fatal';

/** supervisord's words. */
export type ProcessState = 'stopped' | 'waiting' | 'starting' | 'running' | 'stopping' | 'backoff' | 'exited' | 'fatal';

export interface PauseStatus {
  readonly by: string;
  readonly why: string;
  /** Null: until somebody resumes it. */
  readonly until: string | null;
}

export interface ProcessStatus {
  readonly name: string;
  readonly kind: ProcessKind;
  /** Of several slots: the one that needs a person most. */
  readonly state: ProcessState;
  readonly wanted: 'up' | 'down';
  /** Every slot is ready. */
  readonly ready: boolean;
  /** Its own pause, or else its group's. */
  readonly paused: PauseStatus | null;
  readonly stalled: { readonly rule: string; readonly since: string } | null;
  /** Living ones only, by slot. */
  readonly instances: readonly InstanceStatus[];
  /** How many instances there should be, at least. */
  readonly expected: number;
  readonly restarts: RestartStatus;
  readonly lastExit: Exit | null;
  /** Why its last start failed; null when it came up. */
  readonly lastFailure: string | null;
  /** Each stall rule that runs, in the order of the manual; of several instances the nearest to its limit. */
  readonly stall: readonly StallStatus[];
  /** What the process says of itself by sd_notify (STATUS=); null: nothing. */
  readonly says: string | null;
  /** Share of one core, in percent, of its living instances and all that descends from them. */
  readonly cpuPercent: number;
  /** Resident, of its living instances and all that descends from them. */
  readonly memoryBytes: number;
  /** One entry a slot: what each is doing. */
  readonly slots: readonly SlotStatus[];
  /** `group/process` → condition, and whether it holds now. */
  readonly dependsOn: readonly { readonly name: string; readonly condition: string; readonly holds: boolean }[];
  /** Parameters changed while running, by field. */
  readonly overrides: Readonly<
    Record<string, { readonly value: WrittenValue; readonly by: string; readonly at: string }>
  >;
  /** One sentence on why it is not running, null when it is well. */
  readonly why: string | null;
}

export interface StallStatus {
  readonly rule: string;
  /** How long it has been silent, less what the fair clock takes off. */
  readonly elapsedMs: number;
  readonly limitMs: number;
  /** What was taken off. */
  readonly lostMs: number;
  /** What it was lost to most, in words; empty where nothing was, or nobody knows. */
  readonly lostTo: string;
  /** Whose it is: of several instances the nearest to its limit. */
  readonly slot: number;
  /** Of the rule `probe` only. */
  readonly probe?: ProbeStatus;
}

export interface ProbeStatus {
  /** In a row. */
  readonly failures: number;
  /** So many are a stall. */
  readonly limit: number;
  /** What the last failure said; empty where none counts. */
  readonly text: string;
}

export interface InstanceStatus {
  readonly slot: number;
  readonly pid: number;
  readonly startedAt: string;
}

export interface SlotStatus {
  readonly slot: number;
  readonly state: ProcessState;
  /** Since when it is in this state. */
  readonly since: string;
  /** When the engine acts next by itself: the end of a backoff, of a grace period, of `ready.within`. */
  readonly nextAt: string | null;
  readonly restarts: number;
  /** The slot (`shop/database#1`) that its group gives it up with, or gave it up with; null where its own limit was reached, or none. */
  readonly givenUpWith: string | null;
}

export interface RestartStatus {
  /** Of several slots the highest. */
  readonly count: number;
  readonly limit: number;
  /** As a duration: `24h`. */
  readonly within: string;
  /** When the oldest one leaves the window; null when there is none. */
  readonly nextFreeAt: string | null;
}
