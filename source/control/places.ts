/** Where one engine instance keeps what. All paths are absolute. */
export interface Places {
  readonly instance: string;
  /** Its *.yaml, *.yml and *.json are loaded when no profile is named. */
  readonly profilesDirectory: string;
  /** State, journal, evidence, output of the children; one instance's own. */
  readonly stateDirectory: string;
  /** Notices as JSON lines; older ones in `journal.jsonl.1` and so on. */
  readonly journalFile: string;
  /** A folder for each incident. */
  readonly evidenceDirectory: string;
  /** A socket's path; on Windows the name of a pipe. */
  readonly controlSocket: string;
  /**
   * Where the engine listens if it was started with another environment, without a login session for example.
   * A client looks there too; an engine listens at `controlSocket` only.
   */
  readonly otherControlSockets: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;
