import type { WrittenValue } from '../profile/profile.ts';

/** One line of `params TARGET` and of the console's editor. */
export interface Parameter {
  /** `restart.limit` */
  readonly field: string;
  /** In words: `number`, `duration`, `one of always, on-failure, never`. */
  readonly type: string;
  /** In words: `0 to 1000`; empty when there is none. */
  readonly range: string;
  readonly help: string;
  readonly default: WrittenValue;
  /** From the profile. */
  readonly profile: WrittenValue;
  /** In force. */
  readonly current: WrittenValue;
  /** Who changed it while running; null when the profile's value is in force. */
  readonly override: { readonly by: string; readonly at: string } | null;
  /** False: it defines what the process is, and is changed in the profile only. */
  readonly live: boolean;
}
