import type { Exit } from '../ports/instance.ts';

/** What of the output of a process, or of a group, has come since the marks that were given. */
export interface OutputSince {
  readonly sources: readonly OutputSource[];
  /** More lies there already: ask again at once. */
  readonly more: boolean;
}

/** One output file: of one slot of a process. */
export interface OutputSource {
  /** `group/process` */
  readonly name: string;
  readonly slot: number;
  /** How far this was read; goes into the next question as it is. Empty: nothing was read yet. */
  readonly mark: string;
  /** Whole lines, oldest first. */
  readonly lines: readonly string[];
  /** The line that has no end yet; empty where there is none. */
  readonly partial: string;
  /** How many bytes are missing before these lines: too much was written at once, or a rotation took it. */
  readonly skippedBytes: number;
  /** Why it cannot be read; null: it can, or nothing was written yet. */
  readonly problem: string | null;
}

/** One failure whose evidence was taken. */
export interface IncidentLine {
  readonly number: number;
  readonly at: string;
  /** `group/process` */
  readonly process: string;
  /** `stall-output`, `down-exit-1`, `asked` ... */
  readonly reason: string;
  readonly text: string;
  /** Equal where the cause seems to be the same; empty where nothing tells. */
  readonly fingerprint: string;
  /** The first incident with this fingerprint, this one's own number where it is the first, and how many with this one. */
  readonly first: number;
  readonly times: number;
  /** False: its files were removed since, to keep within the bounds. */
  readonly isKept: boolean;
  /** How long taking it took, and held up the restart; null where that is not known any more. */
  readonly costs: { readonly tookMs: number; readonly outageMs: number } | null;
}

/** The summary of one incident. */
export interface IncidentSummary {
  readonly number: number;
  readonly at: string;
  readonly process: string;
  readonly slot: number;
  readonly text: string;
  /** How it ended; null where it did not. */
  readonly exit: Exit | null;
  readonly pid: number | null;
  readonly uptimeMs: number | null;
  readonly command: readonly string[] | null;
  readonly directory: string | null;
  readonly user: string | null;
  readonly fingerprint: string;
  readonly same: { readonly number: number; readonly times: number; readonly since: string } | null;
  readonly costs: {
    readonly tookMs: number;
    readonly outageMs: number;
    readonly parts: Readonly<Record<string, number>>;
  };
  /** What could not be taken, and why. */
  readonly missing: readonly string[];
  /** Absolute path on the engine's machine. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** A part of one of its files. */
export interface IncidentPart {
  readonly path: string;
  readonly bytes: number;
  /** False: it is no text (a core, an archive); then `text` is empty. */
  readonly isText: boolean;
  readonly text: string;
  /** Where the next part begins; null: this was the last. */
  readonly next: number | null;
}
