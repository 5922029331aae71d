import type { Clock, Timers } from '../ports/clock.ts';

/** At about 40 µs each a turn holds the event loop for 2 ms, which is what a notice may take. */
const mostPerTurn = 50;
const pauseMs = 10;

/** What may be due for thousands at one moment is done in turns, so that a death between them is seen to at once. */
export class SmallTurns {
  readonly #timer: string;
  readonly #ports: { readonly clock: Clock; readonly timers: Timers };
  readonly #act: (key: string) => void;
  readonly #waiting = new Set<string>();

  constructor(timer: string, ports: { readonly clock: Clock; readonly timers: Timers }, act: (key: string) => void) {
    this.#timer = timer;
    this.#ports = ports;
    this.#act = act;
  }

  want(key: string): void {
    const isFirst = this.#waiting.size === 0;
    this.#waiting.add(key);
    if (isFirst) this.#arm(0);
  }

  #arm(inMs: number): void {
    this.#ports.timers.set(this.#timer, this.#ports.clock.now().monoMs + inMs, () => this.#take());
  }

  #take(): void {
    let left = mostPerTurn;
    for (const key of this.#waiting) {
      if (left === 0) break;
      left -= 1;
      this.#waiting.delete(key);
      this.#act(key);
    }
    if (this.#waiting.size > 0) this.#arm(pauseMs);
  }
}
