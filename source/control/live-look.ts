import type { StallStatus } from '../engine/status.ts';
import type { ThreadsSeen } from '../ports/thread.ts';

/** What one living instance is doing at this moment. */
export interface LiveLook extends ThreadsSeen {
  /** `group/process` */
  readonly name: string;
  readonly slot: number;
  readonly pid: number;
  /** Its stall timers as they stand now. */
  readonly stall: readonly StallStatus[];
  /** The last line of its output, and when something was written last; null: nothing was, or it goes elsewhere. */
  readonly output: { readonly line: string; readonly at: string } | null;
}
