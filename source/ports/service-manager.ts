import type { Exit, Instance } from './instance.ts';

/** Whose services: the machine's, or those of the user that the engine runs as. Windows has only the machine's. */
export type ServiceScope = 'system' | 'user';

/** A service of the operating system, as its manager tells (systemd, the Windows service control manager). */
export interface ServiceState {
  /**
   * `up`: active. `changing`: the manager is about to start, stop or restart it by itself. `down`: inactive or failed.
   * `unknown`: the manager has no such service.
   */
  readonly is: 'up' | 'changing' | 'down' | 'unknown';
  /** Its main process; null when it has none, as one-shots that remain active. */
  readonly main: Instance | null;
  /** How its main process last ended, when the manager tells; null while it is up. */
  readonly exit: Exit | null;
  /** In the manager's own words, for people: `failed (Result: exit-code)`. */
  readonly words: string;
}

export type ServiceResult = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** The service manager of the system. Its own events are used where it has them, polling only where it has none. */
export interface ServiceManager {
  /** Reports the state now, and each time it changes, until `unwatch`. Asked again it reports the state anew, to the new `report` only. When the manager goes away and comes back the state is reported anew. */
  watch(scope: ServiceScope, service: string, report: (state: ServiceState) => void): void;
  unwatch(scope: ServiceScope, service: string): void;
  /** Reports when the manager has done it or refused; what became of the service is told by `watch`. */
  start(scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void;
  stop(scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void;
}
