import type { Exit, Instance } from './instance.ts';

/** `mini` and `full` are Windows minidumps; on Linux they mean `core`. */
export type DumpKind = 'stack' | 'core' | 'mini' | 'full';

/** What an incident is about. */
export type IncidentReason =
  /** A stall rule ran out: its name. */
  | { readonly kind: 'stall'; readonly rule: string }
  /** A resource rule was broken: its metric. */
  | { readonly kind: 'rule'; readonly metric: string }
  | { readonly kind: 'down'; readonly exit: Exit }
  /** It did not get ready, or could not be started. */
  | { readonly kind: 'failed' }
  /** An operator wants to know. */
  | { readonly kind: 'asked'; readonly by: string };

export interface EvidenceRequest {
  /** Unique over all lives of the engine. */
  readonly incident: string;
  /** `group/process` */
  readonly process: string;
  readonly slot: number;
  /** Null: no instance was ever known. */
  readonly instance: Instance | null;
  /** Whether it still lived when this was asked for. */
  readonly lives: boolean;
  readonly reason: IncidentReason;
  /** The reason as a sentence. */
  readonly text: string;
  /** Wall clock of the failure. */
  readonly atMs: number;
  readonly kinds: readonly DumpKind[];
  /** Where the process writes its output. */
  readonly outputFile: string;
  /** Names of variables and options whose values are masked, beside those that look like secrets. */
  readonly secrets: readonly string[];
  /** Folders of this process that are kept. */
  readonly keep: number;
  /** What is not taken within this is left out. */
  readonly withinMs: number;
  /** All incidents together hold no more than this; the oldest go first. */
  readonly maxTotalBytes: number;
  /** What the engine knows: restart history, dependencies, overrides, pauses. Goes into incident.json as it is. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export type EvidenceResult =
  | {
      readonly ok: true;
      /** Its number, from 1, never used again. */
      readonly number: number;
      /** Absolute path of its folder. */
      readonly folder: string;
      readonly tookMs: number;
      readonly fingerprint: string;
      /** The first incident with this fingerprint, how many there were since (this one included), and since when (ms since 1970); null: it is new. */
      readonly same: { readonly number: number; readonly times: number; readonly sinceMs: number } | null;
      /** What could not be taken, and why, for people: `no user stack: neither eu-stack nor gdb is installed`. */
      readonly missing: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/** What the engine did lately, as lines of JSON: the state it began from, events and notices, and the state they led to. */
export type TraceLines = () => Iterable<string>;

/** The flight recorder's samples of an instance, oldest first, as lines of JSON. */
export type SampleLines = (instance: Instance) => Iterable<string>;

/** Takes evidence of failures. Never delays anything: what takes long is done beside, one incident after the other, the living before the dead. */
export interface EvidenceCollector {
  /**
   * `stage` hears what is being taken now (`stack`, `core` ...), for people who wait. Reports once: of the living within `withinMs` and
   * a little; of the dead, for whom nobody waits, within that of their turn. What stands in `facts` as `command`, `environment`,
   * `directory` and `user` is used where the process can no longer be asked. Samples are asked for at once and read later.
   */
  collect(request: EvidenceRequest, report: (result: EvidenceResult) => void, stage?: (name: string) => void): void;
}
