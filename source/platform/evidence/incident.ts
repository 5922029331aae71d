import type { IncidentReason } from '../../ports/evidence.ts';

/** One line of index.jsonl. It stays when the folder has gone, so that numbers and fingerprints keep their meaning. */
export interface IndexLine {
  /** When it failed: ISO 8601, UTC, ms. */
  readonly at: string;
  readonly number: number;
  readonly process: string;
  /** Left out where there is one instance only, and by older versions. */
  readonly slot?: number;
  readonly reason: string;
  readonly text: string;
  readonly fingerprint: string;
  /** Name of its folder. */
  readonly folder: string;
  /** The first incident with this fingerprint, since when (ms since 1970), and how many with this one. */
  readonly first: number;
  readonly sinceMs: number;
  readonly times: number;
}

/** incident.json. */
export interface IncidentFile {
  readonly number: number;
  /** As the engine and its notices name it. */
  readonly incident: string;
  /** `group/process` */
  readonly process: string;
  readonly slot: number;
  readonly reason: IncidentReason;
  readonly text: string;
  /** When it failed: ISO 8601, UTC, ms. */
  readonly at: string;
  /** Whether it still lived when the evidence was taken. */
  readonly lives: boolean;
  readonly instance: { readonly pid: number; readonly startTime: number; readonly startedAt: string } | null;
  /** From its start to the failure. */
  readonly uptimeMs: number | null;
  readonly command: readonly string[] | null;
  readonly executable: string | null;
  readonly directory: string | null;
  readonly user: string | null;
  /** Secrets are `***`, here and everywhere. */
  readonly environment: Readonly<Record<string, string>> | null;
  /** What the engine knows: restart history, dependencies, overrides, pauses. */
  readonly facts: unknown;
  readonly fingerprint: string;
  readonly same: { readonly number: number; readonly times: number; readonly sinceMs: number } | null;
  readonly costs: {
    /** How long the evidence held up the restart; 0 for the dead, and where nothing waits for it. */
    readonly outageMs: number;
    readonly tookMs: number;
    /** Each part by its name. */
    readonly parts: Readonly<Record<string, number>>;
  };
  /** What could not be taken, and why. */
  readonly missing: readonly string[];
}
