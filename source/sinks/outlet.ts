import type { NoticeLine, NoticeParameter } from '../notices/notice.ts';
import type { NoticeSink } from '../platform/notice-sink.ts';

/** What a sink has not taken yet; beyond that the oldest is lost to it. The journal has them all. */
const mostWaiting = 10_000;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** So often refused, a notice is lost to the sink: it may be this very one that it cannot take. */
const mostTries = 8;
/** So often refused one after the other, it is told. */
const triesUntilTold = 3;
/** A sink that has not answered by then is told as well. There is no second write beside the first. */
const patienceMs = 30_000;

export type SinkNotice = (
  id: 'sink.failed' | 'sink.recovered',
  parameters: Readonly<Record<string, NoticeParameter>>,
) => void;

/** The way to one sink: whoever tells something never waits for it, and it gets everything in order, as long as there is room. */
export class Outlet {
  readonly #sink: NoticeSink;
  readonly #notice: SinkNotice;
  readonly #waiting: NoticeLine[] = [];
  #isWriting = false;
  #tries = 0;
  #lost = 0;
  #isTold = false;
  #timer: NodeJS.Timeout | null = null;
  #isEmpty: () => void = () => {};

  constructor(sink: NoticeSink, notice: SinkNotice) {
    this.#sink = sink;
    this.#notice = notice;
  }

  tell(line: NoticeLine): void {
    if (this.#waiting.length >= mostWaiting) {
      // The first one is on its way already.
      this.#waiting.splice(1, 1);
      this.#lost += 1;
    }
    this.#waiting.push(line);
    if (this.#timer === null) this.#write();
  }

  /** What waits still gets so long; then it is lost to the sink. */
  async close(withinMs: number): Promise<void> {
    if (this.#waiting.length > 0) {
      const left = setTimeout(() => this.#isEmpty(), withinMs);
      await new Promise<void>((resolve) => {
        this.#isEmpty = resolve;
      });
      clearTimeout(left);
    }
    this.#wait(null);
    this.#waiting.length = 0;
    this.#sink.close();
  }

  #write(): void {
    const [line] = this.#waiting;
    if (this.#isWriting || line === undefined) return;
    this.#isWriting = true;
    this.#wait(setTimeout(() => this.#say('it does not answer'), patienceMs));
    this.#sink.write(line, (problem) => {
      this.#isWriting = false;
      this.#wait(null);
      if (problem === null) this.#taken();
      else this.#refused(problem);
    });
  }

  #taken(): void {
    this.#waiting.shift();
    this.#tries = 0;
    if (this.#isTold) {
      this.#isTold = false;
      const lost = this.#lost;
      this.#lost = 0;
      this.#notice('sink.recovered', { sink: this.#sink.name, lost });
    }
    if (this.#waiting.length === 0) this.#isEmpty();
    this.#write();
  }

  #refused(problem: string): void {
    this.#tries += 1;
    if (this.#tries >= triesUntilTold) this.#say(problem);
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#tries - 1));
    if (this.#tries >= mostTries) {
      this.#waiting.shift();
      this.#lost += 1;
      this.#tries = triesUntilTold;
    }
    this.#wait(
      setTimeout(() => {
        this.#wait(null);
        this.#write();
      }, delayMs),
    );
  }

  #say(reason: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#notice('sink.failed', { sink: this.#sink.name, reason, waiting: this.#waiting.length });
  }

  #wait(timer: NodeJS.Timeout | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = timer?.unref() ?? null;
  }
}
