/** A program of the operator's that is run and waited for: a restart script, a stop command. */
export interface ScriptRequest {
  readonly command: readonly string[];
  readonly directory: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly group: string | null;
  /** Null: as the engine. */
  readonly umask: number | null;
  readonly nice: number | null;
  /** The mark by which the next engine finds it, should this one end before it; null: not looked for. */
  readonly launch: string | null;
  /** Its own output file, so that a person can read what it said. */
  readonly outputFile: string;
}

export type ScriptResult = { readonly ok: true } | { readonly ok: false; readonly problem: string };

export interface ScriptRunner {
  /** Reports once, when it has ended: exit 0 is ok. A cancelled one reports nothing. */
  run(key: string, request: ScriptRequest, report: (result: ScriptResult) => void): void;
  /** Kills the script and what it started, unless it left the script's session (a daemon it started lives on). */
  cancel(key: string): void;
}
