import type { Instance } from './instance.ts';

/** What a `match` entry looks for. All that is given must hold. */
export interface MatchQuery {
  /** Absolute path of the program's file, or its base name; of an interpreter also those of the script, jar, class or module that it runs. */
  readonly executable: string | null;
  /** Regular expression searched in the command line (its words joined by blanks); `^` fits before the program's own name and behind it. */
  readonly arguments: string | null;
  /** Name or number of its real user. */
  readonly user: string | null;
  /** File whose first line is the pid. */
  readonly pidFile: string | null;
}

/** A start whose child is looked for after the engine that started it died. */
export interface LaunchedQuery {
  /** The mark which the child carries, see LaunchRequest. */
  readonly launch: string;
  /** The second proof: programs that set their process title overwrite the mark, but not where their output goes. */
  readonly outputFile: string;
  /** Where the mark is not known any more: all that its environment must say instead. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The processes of this machine. */
export interface ProcessTable {
  /** Living instances for each query in one pass, oldest first; children of a match that match as well (a server's workers) are left out. */
  find(queries: readonly MatchQuery[], report: (found: readonly (readonly Instance[])[]) => void): void;
  /** The instances which carry one of these launch marks, by mark: children that an engine started and did not live to write down. */
  findLaunched(launches: readonly LaunchedQuery[], report: (found: ReadonlyMap<string, Instance>) => void): void;
  isAlive(instance: Instance): boolean;
}
