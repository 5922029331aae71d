import type { Instance } from './instance.ts';

/** Everything needed to start one child that outlives the engine. */
export interface LaunchRequest {
  /** Unique for each start, over all lives of the engine. The child carries it, so that the next engine can find a child whose pid was never saved. */
  readonly launch: string;
  /** Program and arguments; the program is looked up in the child's PATH. */
  readonly command: readonly string[];
  /** Absolute. Null: the engine's own directory. */
  readonly directory: string | null;
  /** The whole environment of the child. */
  readonly environment: Readonly<Record<string, string>>;
  /** Name or number. Null: as the engine. */
  readonly user: string | null;
  readonly group: string | null;
  /** Null: as the engine. */
  readonly umask: number | null;
  readonly nice: number | null;
  /** The child writes stdout and stderr straight into this file (appended, 0600), so neither output nor child is lost with the engine. */
  readonly outputFile: string;
  /** The kernel may write a core when it crashes: its limit is raised as far as ours allows. Default: its limit stays as the engine's. */
  readonly allowsCore?: boolean;
  /** And all of its memory is wanted (Windows, which can leave it out). */
  readonly wantsWholeCore?: boolean;
}

export type LaunchResult =
  | { readonly ok: true; readonly instance: Instance }
  /** What failed, to what, why, what next: for the operator. */
  | { readonly ok: false; readonly problem: string };

export interface Spawner {
  /** Reports once: when the program runs (its exec succeeded) or could not be started. */
  launch(request: LaunchRequest, report: (result: LaunchResult) => void): void;
}
