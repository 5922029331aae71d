import type { Instance } from './instance.ts';

/** How one tells that a started process is ready for its dependants. `after` is not here: it is a timer of the engine's. */
export type ReadinessProbe =
  /** Any status from 200 to 399. */
  | { readonly kind: 'http'; readonly url: string }
  /** A connection is accepted: `host:port`, `:port` or `port` on the loopback, or the absolute path of a Unix socket. */
  | { readonly kind: 'tcp'; readonly address: string }
  /** Exit 0. */
  | { readonly kind: 'run'; readonly command: readonly string[] }
  /** The regular expression is found in a line written since the start. */
  | { readonly kind: 'output'; readonly pattern: string }
  /** sd_notify's READY=1 from the process or one of its tree. */
  | { readonly kind: 'notify' };

export interface ReadinessRequest {
  readonly probe: ReadinessProbe;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly outputFile: string;
}

export interface ReadinessProber {
  /** Probes until it holds, then reports once. */
  watch(instance: Instance, request: ReadinessRequest, report: () => void): void;
  unwatch(instance: Instance): void;
  /** Value of NOTIFY_SOCKET for every child: one fixed path an engine instance, so that children of an earlier engine reach the next one. */
  notifySocket(): string;
}
