import type { Environment } from './expand.ts';
import type { PathContext } from './paths.ts';
import type { Report } from './problem.ts';
import type { MapTree, Tree } from './tree.ts';

/** What reading a process needs from round it. */
export interface Surroundings extends PathContext {
  readonly group: string;
  readonly environment: Environment;
  /** Whether the engine runs as root. */
  readonly isRoot: boolean;
  /** The defaults of the file and of the group, laid over each other. */
  readonly defaults: MapTree;
  /** Reads an environment file given by its absolute path; reports at the entry when it cannot. */
  readonly environmentFile: (path: string, tree: Tree) => Readonly<Record<string, string>>;
  readonly report: Report;
  /** For what is missing: unheard where the text has gaps. */
  readonly reportMissing: Report;
  readonly warn: Report;
}
