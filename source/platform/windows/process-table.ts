import { type ListedProcess, listProcesses } from '../../../native-bindings/windows/process-list.ts';
import { readEnvironment } from '../../../native-bindings/windows/process-memory.ts';
import type { Instance } from '../../ports/instance.ts';
import type { LaunchedQuery, MatchQuery, ProcessTable } from '../../ports/process-table.ts';
import { inTurns } from '../in-turns.ts';
import { launchMark } from '../launch-mark.ts';
import { instanceOf, isAlive } from './instances.ts';
import { DetailsCache } from './process-details.ts';
import { matches, mayMatch, prepareMatch } from './process-match.ts';
import { type Families, familiesOf } from './process-tree.ts';
import { starterMark } from './starter-mark.ts';

/** The processes of Windows, all in one call. What is read of each is read in turns, so that the event loop is not held. */
export class ListedProcessTable implements ProcessTable {
  readonly #details = new DetailsCache();

  find(queries: readonly MatchQuery[], report: (found: readonly (readonly Instance[])[]) => void): void {
    setImmediate(() => {
      const list = listProcesses();
      this.#details.keepOnly(list);
      const prepared = queries.map(prepareMatch);
      const hits = prepared.map(() => new Map<number, ListedProcess>());
      const compareOne = (one: ListedProcess): void => {
        // 0 and 4 are the system itself.
        if (one.pid <= 4) return;
        const { startedAtMs } = instanceOf(one);
        for (const [index, match] of prepared.entries())
          if (mayMatch(match, one.pid, process.pid) && matches(match, this.#details.get(one), startedAtMs))
            hits[index]?.set(one.pid, one);
      };
      const families = familiesOf(list);
      inTurns(list, compareOne, () => report(hits.map((found) => withoutChildren(found, families).filter(isAlive))));
    });
  }

  findLaunched(launches: readonly LaunchedQuery[], report: (found: ReadonlyMap<string, Instance>) => void): void {
    setImmediate(() => {
      const byMark = new Map(launches.map((one) => [one.launch, one]));
      const byWords = new Map(launches.map((one) => [wordsOf(one.environment ?? {}), one]));
      const names = Object.keys(launches.find((one) => one.environment !== undefined)?.environment ?? {});
      const found = new Map<string, Instance>();
      const compare = (one: ListedProcess): void => {
        const environment = one.pid <= 4 || one.pid === process.pid ? -1 : readEnvironment(one.pid);
        if (typeof environment === 'number' || !isFirstChild(one, environment)) return;
        const mark = environment[launchMark];
        const words = names.flatMap((name) => [name, environment[name] ?? '']).join('\0');
        const launch = byMark.get(mark ?? '') ?? (names.length === 0 ? undefined : byWords.get(words));
        if (launch !== undefined && !found.has(launch.launch)) found.set(launch.launch, instanceOf(one));
      };
      const oldestFirst = listProcesses().toSorted((a, b) => a.createdAtUs - b.createdAtUs);
      inTurns(oldestFirst, compare, () => report(found));
    });
  }

  isAlive(instance: Instance): boolean {
    return isAlive(instance);
  }
}

/** An engine started it, and not one that an engine started: its own children bear its marks too. */
function isFirstChild({ parent }: ListedProcess, environment: Readonly<Record<string, string>>): boolean {
  return environment[launchMark] !== undefined && environment[starterMark] === String(parent);
}

function wordsOf(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment).flat().join('\0');
}

/** A server's workers bear its name and arguments; only the topmost of a family is meant. */
function withoutChildren(found: ReadonlyMap<number, ListedProcess>, { processes }: Families): Instance[] {
  const hasMatchingAncestor = (one: ListedProcess): boolean => {
    let child = one;
    // No family is deeper than there are processes; the bound guards against a loop.
    for (let depth = 0; depth < processes.size; depth++) {
      const parent = processes.get(child.parent);
      if (parent === undefined || parent.createdAtUs > child.createdAtUs || parent.pid === child.pid) return false;
      if (found.has(parent.pid)) return true;
      child = parent;
    }
    return false;
  };
  const topmost = [...found.values()].filter((one) => !hasMatchingAncestor(one));
  return topmost.toSorted((a, b) => a.createdAtUs - b.createdAtUs || a.pid - b.pid).map(instanceOf);
}
