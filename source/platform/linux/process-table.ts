import type { Instance } from '../../ports/instance.ts';
import type { LaunchedQuery, MatchQuery, ProcessTable } from '../../ports/process-table.ts';
import { inTurns } from '../in-turns.ts';
import { launchMark } from '../launch-mark.ts';
import {
  instanceOf,
  isLiving,
  type ProcessStat,
  readDescriptor,
  readFromEnvironment,
  readStat,
  statOf,
} from './proc.ts';
import { DetailsCache } from './process-details.ts';
import { matches, mayMatch, type PreparedMatch, prepareMatch, whoMayBeMeant } from './process-match.ts';
import { scanProcesses } from './process-scan.ts';
import { SettledProcesses } from './settled-processes.ts';
import { findUserOrGroup } from './users.ts';

/** The processes of /proc. Scans run in turns, so that the event loop is never held for more than about a millisecond. */
export class ProcProcessTable implements ProcessTable {
  private readonly details = new DetailsCache();
  private readonly settled = new SettledProcesses();

  find(queries: readonly MatchQuery[], report: (found: readonly (readonly Instance[])[]) => void): void {
    lookUpUsers(queries, (userIds) => {
      const prepared = queries.map((query) => prepareMatch(query, userIds));
      const mayBeMeant = whoMayBeMeant(prepared);
      scanProcesses(
        (processes, pids) => {
          const living = new Set(pids);
          this.details.keepOnly(living);
          this.settled.keepOnly(living);
          this.compare(prepared, processes, report);
        },
        (pid) => (mayBeMeant(pid) ? this.settled.read(pid) : null),
      );
    });
  }

  findLaunched(launches: readonly LaunchedQuery[], report: (found: ReadonlyMap<string, Instance>) => void): void {
    scanProcesses((processes) => {
      // We start every child as the leader of a session, and its own children only carry its mark on.
      const leaders = [...processes.values()].filter(
        (stat) => stat.session === stat.pid && stat.pid !== process.pid && isLiving(stat),
      );
      leaders.sort((a, b) => a.startTime - b.startTime);
      const found = new Map<string, Instance>();
      const byMark = new Map(launches.map((one) => [one.launch, one]));
      const byWords = new Map(launches.map((one) => [wordsOf(one.environment ?? {}), one]));
      const names = Object.keys(launches.find((one) => one.environment !== undefined)?.environment ?? {});
      // Several starts may write into one file.
      const byOutput = Map.groupBy(launches, (one) => one.outputFile);
      const compare = (leader: ProcessStat) => {
        const candidates = launchesOf(leader.pid, byMark, byWords, names, byOutput);
        const launch = candidates.find((one) => !found.has(one.launch));
        if (launch !== undefined) found.set(launch.launch, instanceOf(leader));
      };
      inTurns(leaders, compare, () => report(found));
    });
  }

  isAlive(instance: Instance): boolean {
    const stat = statOf(instance);
    return stat !== null && isLiving(stat);
  }

  private compare(
    prepared: readonly PreparedMatch[],
    processes: ReadonlyMap<number, ProcessStat>,
    report: (found: readonly (readonly Instance[])[]) => void,
  ): void {
    const hits = prepared.map(() => new Map<number, ProcessStat>());
    const compareOne = (stat: ProcessStat) => {
      // Kernel threads (2 is the parent of them all) have no program.
      if (!isLiving(stat) || stat.parent === 2) return;
      prepared.forEach((match, index) => {
        if (mayMatch(match, stat) && matches(match, stat, this.details.get(stat)) && isStillThere(stat))
          hits[index]?.set(stat.pid, stat);
      });
    };
    const parents = new Map<number, number>();
    const parentOf = (pid: number): number => {
      const known = processes.get(pid)?.parent ?? parents.get(pid) ?? this.settled.read(pid)?.parent ?? 0;
      parents.set(pid, known);
      return known;
    };
    inTurns([...processes.values()], compareOne, () => report(hits.map((found) => withoutChildren(found, parentOf))));
  }
}

/** What was remembered of it may be old. */
function isStillThere(remembered: ProcessStat): boolean {
  const stat = readStat(remembered.pid);
  return stat !== null && stat.startTime === remembered.startTime && isLiving(stat);
}

/** No family is deeper. */
const deepest = 1000;

/** A server's workers bear its name and arguments; only the topmost of a family is meant. */
function withoutChildren(found: ReadonlyMap<number, ProcessStat>, parentOf: (pid: number) => number): Instance[] {
  const hasMatchingAncestor = ({ parent }: ProcessStat) => {
    // The bound guards against a loop, where what is remembered has changed since.
    for (let pid = parent, depth = 0; pid > 1 && depth < deepest; pid = parentOf(pid), depth++)
      if (found.has(pid)) return true;
    return false;
  };
  const topmost = [...found.values()].filter((stat) => !hasMatchingAncestor(stat));
  return topmost.sort((a, b) => a.startTime - b.startTime || a.pid - b.pid).map(instanceOf);
}

/**
 * The mark in its environment proves it. Programs that set their process title overwrite that (nginx, redis, PostgreSQL);
 * then an output that is the very file of this start has to do, where no other start's mark says otherwise.
 * What is read of a process is looked up among all launches: a thousand may be looked for among thousands.
 */
function launchesOf(
  pid: number,
  byMark: ReadonlyMap<string, LaunchedQuery>,
  byWords: ReadonlyMap<string, LaunchedQuery>,
  names: readonly string[],
  byOutput: ReadonlyMap<string, readonly LaunchedQuery[]>,
): readonly LaunchedQuery[] {
  const mark = readFromEnvironment(pid, launchMark);
  if (mark !== null)
    return [byMark.get(mark) ?? (names.length === 0 ? [] : (byWords.get(wordsIn(pid, names)) ?? []))].flat();
  const outputs = [readDescriptor(pid, 1), readDescriptor(pid, 2)];
  return outputs.flatMap((file) => (file === null ? [] : (byOutput.get(file) ?? [])));
}

function wordsOf(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment).flat().join('\0');
}

function wordsIn(pid: number, names: readonly string[]): string {
  return names.flatMap((name) => [name, readFromEnvironment(pid, name) ?? '']).join('\0');
}

function lookUpUsers(queries: readonly MatchQuery[], report: (ids: ReadonlyMap<string, number | null>) => void): void {
  const names = [...new Set(queries.flatMap(({ user }) => (user === null ? [] : [user])))];
  const ids = new Map<string, number | null>();
  if (names.length === 0) report(ids);
  for (const name of names) {
    findUserOrGroup('passwd', name, (found) => {
      // A number needs no name: containers run with numbers that no file knows.
      ids.set(name, found?.id ?? (/^\d+$/.test(name) ? Number(name) : null));
      if (ids.size === names.length) report(ids);
    });
  }
}
