import type { Instance } from './instance.ts';

/** What one datagram on NOTIFY_SOCKET says, by the protocol of sd_notify(3). A field that it did not hold is absent. */
export interface Message {
  /** READY=1 */
  readonly ready?: true;
  /** RELOADING=1: it reads its configuration again; READY=1 says that this is over. */
  readonly reloading?: true;
  /** STOPPING=1: it is about to end by itself. */
  readonly stopping?: true;
  /** STATUS=...: one line for people. */
  readonly status?: string;
  /** WATCHDOG=1 and WATCHDOG=trigger. */
  readonly watchdog?: 'alive' | 'trigger';
  /** WATCHDOG_USEC=...: its heartbeat limit from now on, in ms; 0 switches the rule off. */
  readonly heartbeatMs?: number;
  /** EXTEND_TIMEOUT_USEC=...: whatever deadline runs now comes no sooner than in so many ms. */
  readonly extendMs?: number;
  /** MAINPID=...: another process of the same tree is the main one from now on. */
  readonly main?: Instance;
}

/** Somebody spoke whose word does not count: not of the tree of any watched process, or about what is not his. */
export interface Stranger {
  readonly pid: number;
  /** `nginx, user www-data`; or that it has ended already. */
  readonly who: string;
  /** What it said: `WATCHDOG=1`. */
  readonly said: string;
  /** Why it was refused. */
  readonly reason: string;
}

/** What watched processes say of themselves. The sender is known from the kernel. */
export interface Messages {
  /** Hears what the instance or one of its tree says, until `unlisten`. What it said shortly before is heard too. */
  listen(instance: Instance, hear: (message: Message) => void): void;
  unlisten(instance: Instance): void;
  /** Takes what waits in the socket at this moment, so that nothing is judged that was answered already. */
  drain(): void;
  /** Bounded: the same stranger at most once a minute. */
  onStranger(report: (stranger: Stranger) => void): void;
}
