import type { ServiceScope } from '../ports/service-manager.ts';

/** The service that runs the daemon of one instance. */
export interface DaemonServiceName {
  readonly instance: string;
  /** Whose manager keeps it. */
  readonly scope: ServiceScope;
}

export interface InstallPlan extends DaemonServiceName {
  /** Absolute; empty: the default folder. */
  readonly profiles: readonly string[];
  /** PROCSAVER_HOME; null where it is not set. */
  readonly home: string | null;
  /** Of the notices' texts. */
  readonly language: string;
  /** Started at once, not only with the machine. */
  readonly isStarted: boolean;
}

export interface InstalledService {
  /** As its manager calls it. */
  readonly service: string;
  /** Where its description lies, for people: a file, or the manager's own words. */
  readonly place: string;
  /** Commands that start it, or let it live as long as it should, and that are the operator's to give. */
  readonly next: readonly string[];
}

export interface DaemonServiceStatus {
  readonly service: string;
  readonly place: string;
  readonly isInstalled: boolean;
  /** Comes with the machine, or with the user's session. */
  readonly isEnabled: boolean;
  readonly isRunning: boolean;
  /** Of the daemon; null when it does not run. */
  readonly pid: number | null;
  /** In the manager's own words. */
  readonly words: string;
}

export type ServiceOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `problem`: a sentence. */
  | { readonly ok: false; readonly isForbidden: boolean; readonly problem: string };

/** Keeps the daemon itself alive: by the service manager of the system, which starts it and starts it again. */
export interface DaemonServices {
  install(plan: InstallPlan): ServiceOutcome<InstalledService>;
  uninstall(name: DaemonServiceName): ServiceOutcome<{ readonly service: string; readonly place: string }>;
  status(name: DaemonServiceName): ServiceOutcome<DaemonServiceStatus>;
}

/** The same on every system: `procsaver`, or `procsaver-INSTANCE`. */
export function daemonServiceName(instance: string): string {
  return instance === 'default' ? 'procsaver' : `procsaver-${instance}`;
}
