import type { Exit, Instance } from './instance.ts';

/** The kernel's own exit notification, for any process, child or not. */
export interface ProcessWatcher {
  /**
   * Calls `report` exactly once, when the instance ends, or at once when it is gone already.
   * Never reports an unrelated process that bears the same pid.
   */
  watch(instance: Instance, report: (exit: Exit) => void): void;
  /** Forgets the instance; its report will not come. Unknown ones are ignored. */
  unwatch(instance: Instance): void;
}
