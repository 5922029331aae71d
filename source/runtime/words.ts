import type { Clock, Timers } from '../ports/clock.ts';
import type { Instance } from '../ports/instance.ts';
import type { Message } from '../ports/messages.ts';
import { instanceKey } from './instance-key.ts';

interface WordsOutlets {
  beat(instance: Instance): void;
  said(slot: string, instance: Instance, message: Message): void;
}

/** One that has said how it is. */
interface Speaker {
  readonly slot: string;
  /** When its status was taken last; monotonic. */
  takenAtMs: number;
  /** What it has said since and was not taken yet; null: nothing. */
  waiting: string | null;
}

/** A person reads no faster, and a program may say its status at each order it takes: thousands of times a second. */
const statusEveryMs = 100;

/**
 * What watched processes say, as far as the engine is to know. A mere sign of life is no event: it would be one a second of
 * each process. Of statuses the last one counts, so those of one instance are gathered; every other word is passed on at
 * once, with the status that was said before it.
 */
export class Words {
  readonly #ports: { readonly clock: Clock; readonly timers: Timers };
  readonly #outlets: WordsOutlets;
  readonly #speakers = new Map<string, Speaker>();

  constructor(ports: { readonly clock: Clock; readonly timers: Timers }, outlets: WordsOutlets) {
    this.#ports = ports;
    this.#outlets = outlets;
  }

  hear(slot: string, instance: Instance, { watchdog, ...rest }: Message): void {
    if (watchdog === 'alive') this.#outlets.beat(instance);
    const message: Message = watchdog === 'trigger' ? { watchdog, ...rest } : rest;
    const count = Object.keys(message).length;
    if (count === 0) return;
    if (count === 1 && message.status !== undefined) this.#hearStatus(slot, instance, message.status);
    else this.#outlets.said(slot, instance, { ...this.#takeWaiting(instance), ...message });
  }

  /** It has ended, or is listened to no more: what it said last is passed on first. */
  end(instance: Instance): void {
    const slot = this.#speakers.get(instanceKey(instance))?.slot ?? '';
    const waiting = this.#takeWaiting(instance);
    this.#speakers.delete(instanceKey(instance));
    if (waiting !== null) this.#outlets.said(slot, instance, waiting);
  }

  #hearStatus(slot: string, instance: Instance, status: string): void {
    const key = instanceKey(instance);
    const nowMs = this.#ports.clock.now().monoMs;
    const speaker = this.#speakers.get(key);
    if (speaker === undefined || (speaker.waiting === null && nowMs - speaker.takenAtMs >= statusEveryMs)) {
      this.#speakers.set(key, { slot, takenAtMs: nowMs, waiting: null });
      return this.#outlets.said(slot, instance, { status });
    }
    const isFirst = speaker.waiting === null;
    speaker.waiting = status;
    if (!isFirst) return;
    this.#ports.timers.set(timerKey(instance), speaker.takenAtMs + statusEveryMs, () => {
      const waiting = this.#takeWaiting(instance);
      speaker.takenAtMs = this.#ports.clock.now().monoMs;
      if (waiting !== null) this.#outlets.said(slot, instance, waiting);
    });
  }

  #takeWaiting(instance: Instance): { readonly status: string } | null {
    const speaker = this.#speakers.get(instanceKey(instance));
    if (speaker === undefined || speaker.waiting === null) return null;
    const { waiting: status } = speaker;
    speaker.waiting = null;
    this.#ports.timers.clear(timerKey(instance));
    return { status };
  }
}

function timerKey(instance: Instance): string {
  return `runtime:status:${instanceKey(instance)}`;
}
