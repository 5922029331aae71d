import type { Instance } from '../../ports/instance.ts';
import type { Message, Messages, Stranger } from '../../ports/messages.ts';
import type { ReadyWords } from '../readiness-prober.ts';

/** Windows has no NOTIFY_SOCKET: a process says that it lives by `procsaver heartbeat` or a file, which go other ways. Nobody is heard here. */
export class NoMessages implements Messages, ReadyWords {
  readonly path = '';

  listen(_instance: Instance, _hear: (message: Message) => void): void {}
  unlisten(_instance: Instance): void {}
  drain(): void {}
  onStranger(_report: (stranger: Stranger) => void): void {}

  /** The profile refuses `ready: notify` on Windows, so that nobody waits for this. */
  awaitReady(_instance: Instance, _ready: () => void): () => void {
    return () => {};
  }
}
