import type { Parameter } from '../engine/parameter.ts';
import type { Answer, Request } from '../engine/request.ts';
import type { GroupStatus } from '../engine/status.ts';
import type { NoticeLine } from '../notices/notice.ts';
import type { Problem } from '../profile/problem.ts';
import type { LiveLook } from './live-look.ts';
import type { IncidentLine, IncidentPart, IncidentSummary, OutputSince } from './reading-protocol.ts';

/**
 * What client and engine say to each other: JSON-RPC 2.0, one message a line, over a Unix socket or a named pipe.
 * The operator's name comes from the kernel (who opened the socket), never from the message.
 */
export interface Methods {
  status: { readonly parameters: { readonly target: string | null }; readonly result: Status };
  /** Pause, resume, start, stop, restart, clear, dump, heartbeat, set, unset. Answered when it is decided, not when it is done. */
  act: { readonly parameters: Request; readonly result: Answer };
  params: { readonly parameters: { readonly target: string }; readonly result: readonly Parameter[] };
  /**
   * Oldest first. `sinceMs`: ms since 1970; null: all that the journal holds. Of more than `limit` the newest. With `untilMs` or
   * `target` it is a page, of 200 where no limit is given: nothing newer than that, and only what is told of the target.
   */
  events: {
    readonly parameters: {
      readonly sinceMs: number | null;
      readonly limit: number | null;
      readonly untilMs?: number | null;
      /** A group or a process, in the profile or not any more. */
      readonly target?: string | null;
    };
    readonly result: readonly NoticeLine[];
  };
  /** The snapshot and the latest notices now; from then on `changed` and `notice` notifications come. */
  subscribe: {
    readonly parameters: Record<string, never>;
    readonly result: { readonly status: Status; readonly notices: readonly NoticeLine[] };
  };
  /** Why each process of the target is as it is: one paragraph each. */
  why: { readonly parameters: { readonly target: string }; readonly result: readonly Explanation[] };
  /** Reads the profiles again. Problems: nothing was changed. `dryRun`: nothing is changed in any case, the answer is the plan. */
  reload: { readonly parameters: { readonly dryRun: boolean }; readonly result: ReloadResult };
  /** Writes the target's overrides into its profile file, comments kept. */
  save: { readonly parameters: { readonly target: string }; readonly result: Answer };
  /** What `save` would change in which file; nothing is written. */
  saveDiff: { readonly parameters: { readonly target: string }; readonly result: SaveDifference };
  /** The last lines of the process's output, oldest first. */
  output: {
    readonly parameters: { readonly target: string; readonly lines: number };
    readonly result: readonly string[];
  };
  /** The output of all slots of a process, or of a group, from the marks on that the last answer gave, by `group/process#slot`. */
  outputSince: {
    readonly parameters: { readonly target: string; readonly since: Readonly<Record<string, string>> };
    readonly result: OutputSince;
  };
  /** The newest first. `target`: a group or a process, in the profile or not any more; null: all. */
  incidents: { readonly parameters: { readonly target: string | null }; readonly result: readonly IncidentLine[] };
  incident: { readonly parameters: { readonly number: number }; readonly result: IncidentSummary };
  /** One of its files from `offset` on, at most 256 KB. */
  incidentFile: {
    readonly parameters: { readonly number: number; readonly name: string; readonly offset: number };
    readonly result: IncidentPart;
  };
  /** CPU and memory of the last ten minutes of each living instance, as the flight recorder has them; none where nothing is kept. */
  samples: { readonly parameters: { readonly target: string }; readonly result: readonly InstanceSamples[] };
  /** The restarts of each process of the target that count against its limit now, oldest first. */
  restarts: { readonly parameters: { readonly target: string }; readonly result: readonly CountedRestart[] };
  /** What the threads of each living instance are doing now; of 64 instances and 512 threads at most. Nothing is stopped for it. */
  threads: { readonly parameters: { readonly target: string }; readonly result: readonly LiveLook[] };
  /** Ends the engine in order; no process is touched. */
  shutdown: { readonly parameters: Record<string, never>; readonly result: Record<string, never> };
}

export type Method = keyof Methods;

/** Sent to subscribers without being asked for. */
export interface Notifications {
  /** Groups with a change in them, holding only the processes that changed. With `whole` it replaces everything (after a reload). */
  changed: { readonly whole: boolean; readonly engine: EngineStatus; readonly groups: readonly GroupStatus[] };
  notice: NoticeLine;
  /** What is being taken of an incident at this moment; its end is a notice. */
  progress: Progress;
  /** The last word to a subscriber that did not read fast enough; the connection ends. */
  dropped: { readonly reason: string };
}

export interface Progress {
  /** As the answer to `dump` named it. */
  readonly incident: string;
  /** `group/process` */
  readonly process: string;
  /** `stack`, `core`, `output` ... */
  readonly stage: string;
}

export interface Status {
  readonly engine: EngineStatus;
  readonly groups: readonly GroupStatus[];
}

export interface EngineStatus {
  readonly instance: string;
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
  /** Absolute paths. */
  readonly profiles: readonly string[];
  readonly host: string;
  /** Problems of the last reload, while they stand. */
  readonly problems: readonly Problem[];
}

export interface Explanation {
  /** `group/process` */
  readonly name: string;
  /** One paragraph, in English. */
  readonly text: string;
  /** Its sentences, each of which `inLanguage` knows. */
  readonly sentences: readonly string[];
}

export interface InstanceSamples {
  /** `group/process` */
  readonly name: string;
  readonly slot: number;
  readonly pid: number;
  /** The size of its output file now; null: procsaver does not know where it writes, or it has written nothing yet. */
  readonly outputBytes: number | null;
  /** Oldest first; of the process alone, without its descendants. */
  readonly samples: readonly {
    readonly at: string;
    /** Share of one core since the sample before it. */
    readonly cpuPercent: number;
    readonly memoryBytes: number;
  }[];
}

export interface CountedRestart {
  /** `group/process` */
  readonly name: string;
  readonly slot: number;
  readonly at: string;
}

export type SaveDifference =
  | { readonly ok: true; readonly files: readonly FileDifference[] }
  | { readonly ok: false; readonly problem: string };

export interface FileDifference {
  /** Absolute path. */
  readonly file: string;
  /** As `diff -u` writes them, without the two heads. */
  readonly lines: readonly string[];
}

export type ReloadResult =
  | {
      readonly ok: true;
      readonly added: readonly string[];
      readonly removed: readonly string[];
      /** Groups with other fields of their own, by their names; then processes, by their full names. */
      readonly changed: readonly string[];
      /** Those of `changed` that are restarted, since what they are has changed. */
      readonly restarted: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };
