import type { EngineClient } from '../../source/control/engine-client.ts';
import type { Request } from '../../source/engine/request.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import type { Chance } from '../simulation/chance.ts';

/** What the engine has to remember of one process. */
interface Memory {
  restarts: number;
  /** Of its pause; null: not paused. */
  why: string | null;
  /** In force: an override, or the profile's. */
  limit: number;
}

export const wishes = ['restart', 'pause', 'resume', 'set', 'unset'] as const;
type Wish = (typeof wishes)[number];

export const profileLimit = 1000;

/** What the engine has promised about one process by its answers, and what it was still asked for when it died. */
export class Promised {
  readonly #memory: Memory = { restarts: 0, why: null, limit: profileLimit };
  /** It may have been done or not; nobody was told. */
  #open: Partial<Memory> | null = null;

  get isPaused(): boolean {
    return this.#memory.why !== null;
  }

  /** What dies under a pause is not restarted, so nothing counts. */
  died(): void {
    if (!this.isPaused) this.#memory.restarts += 1;
  }

  /** Resolves when the engine has answered, or can no more. */
  async ask(client: EngineClient, wish: Wish, target: string, chance: Chance): Promise<void> {
    const why = `reason ${chance.between(1, 999)}`;
    const limit = profileLimit + chance.between(1, 999);
    const requests: Readonly<Record<Wish, readonly [Request, Partial<Memory>]>> = {
      restart: [{ verb: 'restart', target }, {}],
      pause: [{ verb: 'pause', target, why, untilMs: null }, { why }],
      resume: [{ verb: 'resume', target }, { why: null }],
      set: [{ verb: 'set', target, values: { 'restart.limit': limit } }, { limit }],
      unset: [{ verb: 'unset', target, fields: [] }, { limit: profileLimit }],
    };
    const [request, outcome] = requests[wish];
    try {
      const answer = await client.call('act', request);
      if (answer.ok) Object.assign(this.#memory, outcome);
    } catch {
      this.#open = outcome;
    }
  }

  /** Null when the engine remembers what it has promised, or else what is wrong. */
  breach({ restarts, paused }: ProcessStatus): string | null {
    const shown: Memory = { restarts: restarts.count, why: paused?.why ?? null, limit: restarts.limit };
    const allowed = [this.#memory, { ...this.#memory, ...this.#open }];
    this.#open = null;
    if (!allowed.some((memory) => JSON.stringify(memory) === JSON.stringify(shown)))
      return `the engine shows ${JSON.stringify(shown)}, but promised was ${allowed.map((one) => JSON.stringify(one)).join(' or ')}`;
    Object.assign(this.#memory, shown);
    return null;
  }
}
