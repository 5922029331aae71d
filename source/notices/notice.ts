import type { Exit } from '../ports/instance.ts';
import type { NoticeId } from './catalogue.ts';
import type { Severity } from './severity.ts';

export type Language = 'en' | 'ja';

/** What a notice's text is made of. */
export type NoticeParameter = string | number | Exit;

/** One entry of the journal: what changed, when, why, by whom. */
export interface Notice {
  readonly id: NoticeId;
  /** Ms since 1970. */
  readonly atMs: number;
  readonly group: string | null;
  readonly process: string | null;
  readonly instance: { readonly slot: number; readonly pid: number } | null;
  /** The operator; null when the engine acted by itself. */
  readonly by: string | null;
  readonly parameters: Readonly<Record<string, NoticeParameter>>;
}

/** A notice as a line of the journal and of `events --json`. */
export interface NoticeLine {
  readonly id: NoticeId;
  /** ISO 8601, UTC, ms. */
  readonly at: string;
  readonly severity: Severity;
  readonly group: string | null;
  readonly process: string | null;
  readonly instance: { readonly slot: number; readonly pid: number } | null;
  /** Short cause in English, for programs: `killed by SIGKILL`. Null where there is none. */
  readonly reason: string | null;
  readonly by: string | null;
  /** The whole sentence in the engine's language. */
  readonly text: string;
  /** What the text was made of, so that a reader of another language can make its own. */
  readonly parameters: Readonly<Record<string, NoticeParameter>>;
}
