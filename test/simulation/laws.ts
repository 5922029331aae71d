import { check, type Evidence, type Laws } from './evidence.ts';
import { type Rest, restLaws } from './laws/at-rest.ts';
import { boundLaws } from './laws/bounds.ts';
import { instanceLaws } from './laws/instances.ts';
import { operatorLaws } from './laws/operator.ts';
import { type Recovery, recoveryLaws } from './laws/recovery.ts';
import { type Reload, reloadedLaws, reloadingLaws, reloadLaws } from './laws/reloading.ts';
import { restartingLaws } from './laws/restarting.ts';
import { stallLaws } from './laws/stalls.ts';
import { stallRestLaws } from './laws/stalls-at-rest.ts';
import { startingLaws } from './laws/starting.ts';
import { stoppingLaws } from './laws/stopping.ts';
import { turnLaws } from './laws/turns.ts';

/** Checked after every step. */
const stepLaws: Laws = {
  ...instanceLaws,
  ...startingLaws,
  ...turnLaws,
  ...restartingLaws,
  ...stoppingLaws,
  ...operatorLaws,
  ...boundLaws,
  ...reloadingLaws,
  ...stallLaws,
};

/** Checked when the queue has run empty. */
const quietLaws: Readonly<Record<string, (rest: Rest) => void>> = { ...restLaws, ...reloadedLaws, ...stallRestLaws };

/** Checked at the end of a life, and of a history. */
export const replayLaw = 'the same events give the same state';
export const livenessLaw = 'when every fault has ended, everything that is wanted up comes up';

export const lawNames: readonly string[] = [
  ...Object.keys(stepLaws),
  ...Object.keys(quietLaws),
  ...Object.keys(reloadLaws),
  ...Object.keys(recoveryLaws),
  replayLaw,
  livenessLaw,
];

/** The laws of a history: all of them, or one alone, to see that it can fail. A broken one is named. */
export class LawBook {
  readonly #only: string | null;
  readonly #steps: [string, (evidence: Evidence) => void][];
  readonly #rests: [string, (rest: Rest) => void][];
  readonly #reloads: [string, (reload: Reload) => void][];
  readonly #recoveries: [string, (recovery: Recovery) => void][];

  constructor(only: string | null = null) {
    const isIn = ([name]: [string, unknown]) => only === null || name === only;
    this.#only = only;
    this.#steps = Object.entries(stepLaws).filter(isIn);
    this.#rests = Object.entries(quietLaws).filter(isIn);
    this.#reloads = Object.entries(reloadLaws).filter(isIn);
    this.#recoveries = Object.entries(recoveryLaws).filter(isIn);
  }

  holds(name: string): boolean {
    return this.#only === null || this.#only === name;
  }

  afterStep(evidence: Evidence): void {
    judge(this.#steps, evidence);
  }

  atRest(rest: Rest): void {
    judge(this.#rests, rest);
  }

  afterReload(reload: Reload): void {
    judge(this.#reloads, reload);
  }

  afterRecovery(recovery: Recovery): void {
    judge(this.#recoveries, recovery);
  }

  /** A law that stands in no list. */
  check(name: string, holds: () => string | null): void {
    if (!this.holds(name)) return;
    const broken = holds();
    check(broken === null, `${name}: ${broken}`);
  }
}

function judge<T>(laws: readonly [string, (shown: T) => void][], shown: T): void {
  for (const [name, law] of laws) {
    try {
      law(shown);
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
