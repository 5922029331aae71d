import { type Stats, stat } from 'node:fs';
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
}

/** The soonest look at a file, and at one that is new. */
const turnMs = 1_000;
/** A file that does not grow is looked at only so often. */
const longestPauseMs = 120_000;
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
    this.tracked.set(file, { file, bounds, users: 1, sizeBytes: 0, checkedAtMs: nowMs, dueAtMs: nowMs + turnMs });
    this.timer ??= setInterval(() => this.turn(), turnMs).unref();
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
    for (const one of this.tracked.values()) {
      if (one.dueAtMs > nowMs) continue;
      one.dueAtMs = nowMs + turnMs;
      stat(one.file, (error, stats) => {
        if (error === null) this.judge(one, stats);
      });
      started += 1;
      if (started === filesPerTurn) break;
    }
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.tracked.clear();
  }

  private judge(one: Tracked, stats: Stats): void {
    const nowMs = this.nowMs();
    if (!stats.isFile()) return;
    if (stats.size > one.bounds.maxSizeBytes) {
      this.rotate(one);
      return;
    }
    const grownPerMs = Math.max(0, stats.size - one.sizeBytes) / Math.max(1, nowMs - one.checkedAtMs);
    const timeLeftMs = grownPerMs === 0 ? longestPauseMs : (one.bounds.maxSizeBytes - stats.size) / grownPerMs;
    one.dueAtMs = nowMs + Math.min(longestPauseMs, Math.max(turnMs, timeLeftMs / 2));
    one.sizeBytes = stats.size;
    one.checkedAtMs = nowMs;
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
