// From samples to one line of the table.

/** Every figure of ours is the better the lower it is. */
export interface Goal {
  readonly below: number;
  /** What it was promised as, for the table. */
  readonly text: string;
}

export interface Figure {
  readonly what: string;
  readonly unit: 'ms' | 'µs' | 's' | 'MB' | '%' | '/s';
  readonly samples: readonly number[];
  /** What it is compared with. */
  readonly floor?: Figure;
  readonly goal?: Goal;
}

export function at(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return at(samples, 0.5);
}
