import type { Instance } from './instance.ts';

/** Ends processes. Every signal goes through a pidfd or handle whose identity was checked. */
export interface Terminator {
  /**
   * Asks the instance to end, lets it go on if it was stopped by a signal, and remembers its tree as it stands now, for `killTree`.
   * Reports null when asked, or the problem (not permitted, unknown signal). An instance that is gone already is no problem.
   */
  ask(instance: Instance, signal: string, report: (problem: string | null) => void): void;
  /**
   * Kills the instance, if it still lives, and with `tree` every process of its tree: remembered by `ask`,
   * descendants now, members of the session it led, whatever carries `launch` in its environment.
   * Reports once: who is left after about a second of killing (normally nobody).
   */
  killTree(
    instance: Instance,
    options: { readonly tree: boolean; readonly launch: string | null },
    report: (leftPids: readonly number[]) => void,
  ): void;
}
