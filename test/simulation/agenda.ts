interface Planned {
  readonly atMs: number;
  readonly order: number;
  readonly act: () => void;
}

/** What is still to happen, soonest first and first come first served within a moment: a binary heap. */
export class Agenda {
  #heap: Planned[] = [];
  #order = 0;

  add(atMs: number, act: () => void): void {
    this.#order += 1;
    const planned = { atMs, order: this.#order, act };
    let at = this.#heap.length;
    this.#heap.push(planned);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || !isSooner(planned, other)) break;
      this.#heap[at] = other;
      at = above;
    }
    this.#heap[at] = planned;
  }

  first(): Planned | undefined {
    return this.#heap[0];
  }

  take(): Planned | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  clear(): void {
    this.#heap = [];
  }

  #sink(planned: Planned): void {
    let at = 0;
    for (;;) {
      const left = this.#heap[2 * at + 1];
      const right = this.#heap[2 * at + 2];
      const below = right !== undefined && left !== undefined && isSooner(right, left) ? right : left;
      if (below === undefined || !isSooner(below, planned)) break;
      this.#heap[at] = below;
      at = below === left ? 2 * at + 1 : 2 * at + 2;
    }
    this.#heap[at] = planned;
  }
}

function isSooner(a: Planned, b: Planned): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
