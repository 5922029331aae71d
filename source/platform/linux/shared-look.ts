import { inTurns } from '../in-turns.ts';
import { launchMark } from '../launch-mark.ts';
import { isLiving, type ProcessStat, readFromEnvironment } from './proc.ts';
import { scanProcesses } from './process-scan.ts';
import { type Families, familiesOf } from './process-tree.ts';

/** What one look at the machine has found. */
export interface Look extends Families {
  /** The living by the mark of their launch, as far as some asker wanted to know it. */
  readonly marked: ReadonlyMap<string, readonly ProcessStat[]>;
}

interface Asker {
  /** Marks of what was started before this are not read: in ticks since boot; Infinity when no mark is of interest. */
  readonly marksSince: number;
  readonly report: (look: Look) => void;
}

/**
 * One look at /proc for everybody who asks before it begins; whoever asks while it goes on is told by the next one.
 * A thousand stopped at once are a few looks, where each by itself would read the environment of all the others.
 */
export class SharedLook {
  private waiting: Asker[] = [];
  private isPlanned = false;

  /** Sees whatever is there when it is asked for. */
  ask(marksSince: number, report: (look: Look) => void): void {
    this.waiting.push({ marksSince, report });
    if (this.isPlanned) return;
    this.isPlanned = true;
    // The askers of this turn of the event loop come together.
    setImmediate(() => this.look());
  }

  private look(): void {
    const askers = this.waiting;
    this.waiting = [];
    scanProcesses((processes) => {
      readMarks(processes, Math.min(...askers.map(({ marksSince }) => marksSince)), (marked) => {
        const look = { ...familiesOf(processes), marked };
        inTurns(
          askers,
          ({ report }) => report(look),
          () => this.lookAgain(),
        );
      });
    });
  }

  private lookAgain(): void {
    if (this.waiting.length > 0) this.look();
    else this.isPlanned = false;
  }
}

function readMarks(
  processes: ReadonlyMap<number, ProcessStat>,
  since: number,
  report: (marked: Look['marked']) => void,
): void {
  const marked = new Map<string, ProcessStat[]>();
  const add = (stat: ProcessStat) => {
    const mark = readFromEnvironment(stat.pid, launchMark);
    if (mark === null) return;
    const bearers = marked.get(mark);
    if (bearers === undefined) marked.set(mark, [stat]);
    else bearers.push(stat);
  };
  const isOfInterest = (stat: ProcessStat) =>
    stat.startTime >= since && isLiving(stat) && stat.pid > 1 && stat.pid !== process.pid;
  inTurns([...processes.values()].filter(isOfInterest), add, () => report(marked));
}
