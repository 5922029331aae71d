import { stat } from 'node:fs';
import { copyAndTruncate } from './copy-truncate.ts';

export interface OutputBounds {
  readonly maxSizeBytes: number;
  /** Copies kept beside the file, `.1` the newest. */
  readonly keep: number;
}

interface Tracked {
  readonly file: string;
  bounds: OutputBounds;
  /** Several slots may write into one file. */
  users: number;
  sizeBytes: number;
  checkedAtMs: number;
  dueAtMs: number;
  /** From the last look to the next one. */
  pauseMs: number;
}

/** The soonest look at a file, and at one that is new. */
const turnMs = 1_000;
/** Each time that a file has not grown it is left alone for so many times as long, but never for longer than the pause below. */
const quietFactor = 4;
const longestPauseMs = 60_000;
/** Files looked at in one turn; with more, each waits for a later turn. */
const filesPerTurn = 500;

/**
 * Keeps the output files of running children within their bounds. A file is looked at again before, by its growth so far,
 * it could have reached its bound, so a thousand quiet files cost next to nothing.
 */
export class OutputRotation {
  private readonly problem: (text: string) => void;
  private readonly nowMs: () => number;
  private readonly tracked = new Map<string, Tracked>();
  private timer: NodeJS.Timeout | null = null;
  /** When the timer rings: at the first moment at which a file is due. */
  private wakeAtMs = Number.POSITIVE_INFINITY;
  private isRotating = false;

  constructor(nowMs: () => number, problem: (text: string) => void) {
    this.nowMs = nowMs;
    this.problem = problem;
  }

  track(file: string, bounds: OutputBounds): void {
    const known = this.tracked.get(file);
    if (known !== undefined) {
      known.users += 1;
      known.bounds = bounds;
      return;
    }
    const nowMs = this.nowMs();
    const dueAtMs = nowMs + turnMs;
    this.tracked.set(file, { file, bounds, users: 1, sizeBytes: 0, checkedAtMs: nowMs, dueAtMs, pauseMs: turnMs });
    this.wakeBy(dueAtMs);
  }

  untrack(file: string): void {
    const known = this.tracked.get(file);
    if (known === undefined) return;
    known.users -= 1;
    if (known.users === 0) this.tracked.delete(file);
    if (this.tracked.size === 0) this.close();
  }

  /** Looks at every file that is due now. */
  turn(): void {
    const nowMs = this.nowMs();
    let started = 0;
    let nextDueAtMs = Number.POSITIVE_INFINITY;
    for (const one of this.tracked.values()) {
      if (one.dueAtMs <= nowMs && started < filesPerTurn) {
        this.lookAt(one);
        started += 1;
      }
      nextDueAtMs = Math.min(nextDueAtMs, one.dueAtMs);
    }
    this.sleep();
    this.wakeBy(Math.max(nextDueAtMs, nowMs + turnMs));
  }

  close(): void {
    this.sleep();
    this.tracked.clear();
  }

  private lookAt(one: Tracked): void {
    one.dueAtMs = this.nowMs() + longestPauseMs;
    stat(one.file, (error, stats) => {
      // What is not there yet is as a file that is empty; a device has no size.
      this.judge(one, error === null && stats.isFile() ? stats.size : 0);
    });
  }

  private judge(one: Tracked, sizeBytes: number): void {
    const nowMs = this.nowMs();
    const isTooLarge = sizeBytes > one.bounds.maxSizeBytes;
    one.pauseMs = isTooLarge ? turnMs : pauseAfter(one, sizeBytes, nowMs);
    one.dueAtMs = nowMs + one.pauseMs;
    one.sizeBytes = sizeBytes;
    one.checkedAtMs = nowMs;
    if (this.tracked.get(one.file) !== one) return;
    this.wakeBy(one.dueAtMs);
    if (isTooLarge) this.rotate(one);
  }

  /** One timer for all, set for the first that is due: going through a thousand quiet files once a second would cost more than looking at them. */
  private wakeBy(dueAtMs: number): void {
    if (dueAtMs >= this.wakeAtMs) return;
    this.sleep();
    this.wakeAtMs = dueAtMs;
    this.timer = setTimeout(() => this.turn(), dueAtMs - this.nowMs()).unref();
  }

  private sleep(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wakeAtMs = Number.POSITIVE_INFINITY;
  }

  /** One at a time: copying is work for the disk that the children need too. The next turn finds whoever had to wait. */
  private rotate(one: Tracked): void {
    if (this.isRotating) return;
    this.isRotating = true;
    copyAndTruncate(one.file, one.bounds.keep, (problem) => {
      this.isRotating = false;
      one.sizeBytes = 0;
      one.checkedAtMs = this.nowMs();
      if (problem !== null) this.problem(problem);
    });
  }
}

/** Half the time in which it reaches its bound if it grows on as it did. */
function pauseAfter(one: Tracked, sizeBytes: number, nowMs: number): number {
  const grownBytes = sizeBytes - one.sizeBytes;
  if (grownBytes <= 0) return Math.min(longestPauseMs, one.pauseMs * quietFactor);
  const grownPerMs = grownBytes / Math.max(1, nowMs - one.checkedAtMs);
  const timeLeftMs = (one.bounds.maxSizeBytes - sizeBytes) / grownPerMs;
  return Math.min(longestPauseMs, Math.max(turnMs, timeLeftMs / 2));
}
