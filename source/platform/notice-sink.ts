import type { NoticeLine } from '../notices/notice.ts';

/** Something outside that takes notices: an event log, a collector. It may be slow, or down. */
export interface NoticeSink {
  /** For people: `the event log of Windows`. */
  readonly name: string;
  /** `done` once, later: null when it was taken, or why not. The next one is written when this one is done. */
  write(line: NoticeLine, done: (problem: string | null) => void): void;
  close(): void;
}
