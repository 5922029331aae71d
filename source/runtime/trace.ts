import { createHash, type Hash, randomBytes } from 'node:crypto';
import type { Event } from '../engine/event.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import type { Notice } from '../notices/notice.ts';

/** A stretch of the engine's history. States are values that nobody changes, so that keeping one costs nothing but itself. */
interface Stretch {
  readonly before: EngineState;
  readonly events: Event[];
  /** Each with how many events of the stretch stood before it. */
  notices: { readonly after: number; readonly notice: Notice }[];
}

/** `--password=...`, `?token=...` in a command or an address. */
const secretWords = /((?:pass|passwd|password|secret|token|credential|api[-_]?key)[\w-]*=)([^\s&"']+)/gi;

/** At least so many events are kept, at most twice that. */
const fewestEvents = 200;
const mostNotices = 200;

/**
 * What the engine did lately: a state, and the events that led from it to the present one. Given to `step` again they lead
 * there again, which is how an incident is replayed (`npm run simulate -- --replay FOLDER`).
 */
export class Trace {
  /** Secrets are told by a digest: the same stay the same, and nobody can read or guess them, since this is written nowhere. */
  readonly #salt = randomBytes(16).toString('hex');
  #earlier: Stretch | null = null;
  #current: Stretch | null = null;
  #last: EngineState | null = null;

  take(event: Event, before: EngineState, after: EngineState, notices: readonly Notice[]): void {
    if (this.#current === null || this.#current.events.length >= fewestEvents) {
      this.#earlier = this.#current;
      this.#current = { before, events: [], notices: [] };
    }
    const current = this.#current;
    current.events.push(event);
    this.#last = after;
    for (const notice of notices) current.notices.push({ after: current.events.length, notice });
    if (current.notices.length > 2 * mostNotices) current.notices = current.notices.slice(-mostNotices);
  }

  /**
   * Lines of JSON: `{"state"}` without its processes, a `{"process"}` for each of them, then `{"event"}` and `{"notice"}` in
   * order, at last `{"end"}`, the digest of the state they led to. Made one by one, so that a great state is written in parts.
   */
  *lines(): Iterable<string> {
    const stretches = [this.#earlier, this.#current].filter((stretch) => stretch !== null);
    const last = this.#last;
    const first = stretches[0]?.before;
    if (first === undefined || last === null) return;
    // What is added while this is written belongs to the next incident.
    const items = stretches.flatMap((stretch) => [...itemsOf(stretch)]);
    const spared = items.filter((item) => 'notice' in item).length - mostNotices;
    const told = (value: unknown): string => {
      const text = JSON.stringify(value);
      // Going through every value takes ten times as long.
      const mayHoldSecrets = text.includes('"environment":{"') || (text.includes('=') && text.search(secretWords) >= 0);
      return mayHoldSecrets ? JSON.stringify(value, (key, inner) => this.#withoutSecrets(key, inner)) : text;
    };
    // Most processes are in the last state what they were in the first.
    let latest: { readonly process: ProcessRecord; readonly text: string } | null = null;
    const digest = new StateDigest(last, (value) =>
      latest !== null && value === latest.process ? latest.text : told(value),
    );
    // The digest is made beside: so much of it for each line.
    const share = Math.ceil(last.processes.length / (1 + first.processes.length + items.length));
    yield told({ state: withoutProcesses(first) });
    for (const process of first.processes) {
      const text = told(process);
      latest = { process, text };
      digest.add(share);
      yield `{"process":${text}}`;
    }
    let notices = 0;
    for (const item of items) {
      digest.add(share);
      if ('notice' in item) notices += 1;
      if (!('notice' in item) || notices > spared) yield told(item);
    }
    yield JSON.stringify({ end: digest.end() });
  }

  #withoutSecrets(key: string, value: unknown): unknown {
    if (typeof value === 'string')
      return value.replace(secretWords, (_, name: string, secret: string) => name + this.#digestOf(secret));
    if (key !== 'environment' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, secret]) => [name, this.#digestOf(secret)]));
  }

  #digestOf(secret: unknown): string {
    return `masked-${createHash('sha256')
      .update(this.#salt + String(secret))
      .digest('hex')
      .slice(0, 12)}`;
  }
}

function* itemsOf({ events, notices }: Stretch): Iterable<{ event: Event } | { notice: Notice }> {
  let said = 0;
  for (const [index, event] of events.entries()) {
    yield { event };
    for (; notices[said]?.after === index + 1; said += 1) {
      const notice = notices[said]?.notice;
      if (notice !== undefined) yield { notice };
    }
  }
}

type BareState = Omit<EngineState, 'plan' | 'processes'>;

/** The plan is derived from the processes, and these have lines of their own. */
function withoutProcesses({ plan: _plan, processes: _processes, ...state }: EngineState): BareState {
  return state;
}

/** SHA-256 of a state as JSON, in hexadecimal. */
export function stateDigest(state: EngineState): string {
  return new StateDigest(state, JSON.stringify).end();
}

/** Made in parts: a state of ten thousand processes is megabytes of JSON. */
class StateDigest {
  readonly #hash: Hash = createHash('sha256');
  readonly #told: (value: unknown) => string;
  readonly #left: readonly ProcessRecord[];
  #done = 0;

  constructor(state: EngineState, told: (value: unknown) => string) {
    this.#told = told;
    this.#left = state.processes;
    this.#hash.update(told(withoutProcesses(state)));
  }

  add(processes: number): void {
    const until = Math.min(this.#left.length, this.#done + processes);
    for (; this.#done < until; this.#done += 1) this.#hash.update(this.#told(this.#left[this.#done]));
  }

  end(): string {
    this.add(this.#left.length);
    return this.#hash.digest('hex');
  }
}
