interface Waiting {
  readonly isUrgent: boolean;
  readonly enter: () => void;
}

/** One at a time, the urgent first, else in the order they came. Its bound is that of the incidents under way. */
export class Lane {
  private isTaken = false;
  private readonly waiting: Waiting[] = [];

  /** Waits for its turn, does the work, and lets the next one in, whatever becomes of the work. */
  async run<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    await this.enter(isUrgent, null);
    return this.hold(work);
  }

  /** The same; false, and nothing done, when its turn has not come within the limit (ms; null: however long it takes). */
  async runWithin(limitMs: number | null, work: () => Promise<void>): Promise<boolean> {
    if (!(await this.enter(true, limitMs))) return false;
    await this.hold(work);
    return true;
  }

  private async hold<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // It stays taken when it goes from one to the next, so that nobody can step in between.
      if (next === undefined) this.isTaken = false;
      else next.enter();
    }
  }

  private enter(isUrgent: boolean, limitMs: number | null): Promise<boolean> {
    if (!this.isTaken) {
      this.isTaken = true;
      return Promise.resolve(true);
    }
    return new Promise((report) => {
      const giveUp = () => {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        report(false);
      };
      const timeout = limitMs === null ? undefined : setTimeout(giveUp, limitMs);
      const one: Waiting = {
        isUrgent,
        enter: () => {
          clearTimeout(timeout);
          report(true);
        },
      };
      const firstPatient = this.waiting.findIndex((other) => !other.isUrgent);
      if (isUrgent && firstPatient >= 0) this.waiting.splice(firstPatient, 0, one);
      else this.waiting.push(one);
    });
  }
}
