import type { DumpKind } from '../ports/evidence.ts';
import type { MatchQuery } from '../ports/process-table.ts';
import type { ReadinessProbe } from '../ports/readiness-prober.ts';
import type { ServiceScope } from '../ports/service-manager.ts';
import type { StallProbe } from '../ports/stall-prober.ts';

/** A checked profile: every default is filled in, every duration is in milliseconds, every size in bytes. Plain data. */
export interface Profile {
  readonly allowReboot: boolean;
  /** The brake on restart storms: over all groups no more restarts than this begin within a second, 1 to 1000. */
  readonly restartsPerSecond: number;
  /** All incidents together hold no more than this; the oldest go first. */
  readonly evidenceMaxBytes: number;
  /** How long the evidence of one incident may take; then the process is restarted no matter what. */
  readonly evidenceWithinMs: number;
  readonly groups: readonly GroupSpec[];
}

export interface GroupSpec {
  readonly name: string;
  readonly description: string;
  /** The profile file it stands in; names as given to the parser. */
  readonly file: string;
  /** Which members are restarted when one of them failed. */
  readonly strategy: Strategy;
  /** What happens when a member gives up. */
  readonly escalation: Escalation;
  /** Monitoring of the group begins paused. */
  readonly paused: boolean;
  /** In the order of the file. */
  readonly processes: readonly ProcessSpec[];
}

/** The failed member alone; all of them; it and those that depend on it, directly or not. */
export type Strategy = 'one-for-one' | 'one-for-all' | 'rest-for-one';

/** `continue` leaves it down; `exit` ends the daemon with status 3; `failover` tells the cluster; `reboot` only where the profile allows it. */
export type Escalation =
  | { readonly do: 'continue' | 'exit' | 'failover' | 'reboot' }
  | { readonly do: 'run'; readonly command: readonly string[] }
  | { readonly do: 'plugin'; readonly name: string };

export type DependencyCondition = 'started' | 'ready' | 'completed';

/** Who starts the process: we, something else, or the service manager. */
export type ProcessKind = ProcessSpec['kind'];

/** One entry of a group. */
export type ProcessSpec = CommandSpec | MatchSpec | ServiceSpec;

/** We start it. */
export interface CommandSpec extends CommonSpec {
  readonly kind: 'command';
  /** Program and arguments, never passed through a shell (with `shell: true` in the profile this is already ['/bin/sh', '-c', text]). */
  readonly command: readonly string[];
  /** How many copies run, each in a slot of its own, 1 to 1000. */
  readonly instances: number;
}

/** Something else starts it; we find it, and bring it back with `restart.run`. */
export interface MatchSpec extends CommonSpec {
  readonly kind: 'match';
  readonly match: MatchQuery;
  readonly instances: InstanceRange;
}

/** How many that match must be there. */
export interface InstanceRange {
  /** 0 to 1000; fewer are a shortage. */
  readonly min: number;
  /** 1 to 1000, at least `min`; more are a surplus. */
  readonly max: number;
  /** A shortage or a surplus shorter than this is neither said nor acted on. */
  readonly forMs: number;
}

/** The service manager of the operating system starts it. */
export interface ServiceSpec extends CommonSpec {
  readonly kind: 'service';
  /** The whole name of the unit: cups.service; on Windows the name of the service. */
  readonly service: string;
  readonly scope: ServiceScope;
}

export interface CommonSpec {
  readonly name: string;
  /** Which values may be laid over it is a matter of the system it was read for. Absent: Linux. */
  readonly system?: 'windows';
  /** Absolute; null: the engine's own. */
  readonly directory: string | null;
  readonly user: string | null;
  /** The OS group it runs as. */
  readonly group: string | null;
  /** Permissions that its files do not get; null: the engine's own. */
  readonly umask: number | null;
  /** Scheduling priority, -20 to 19; null: the engine's own. */
  readonly nice: number | null;
  /** Added to the engine's environment; `environmentFile` is read into it already. */
  readonly environment: Readonly<Record<string, string>>;
  readonly output: OutputSpec;
  /** Keys are full names, `group/process`. */
  readonly dependsOn: Readonly<Record<string, DependencyCondition>>;
  readonly ready: ReadySpec | null;
  readonly stop: StopSpec;
  readonly restart: RestartSpec;
  readonly stall: StallSpec;
  /** What follows when a stall rule has run out and its evidence is taken. */
  readonly onStall: Consequence;
  readonly rules: readonly ResourceRule[];
  /** What is taken of the process itself; the rest of an incident is always taken. */
  readonly dump: readonly DumpKind[];
  /** Incidents of this process that are kept; 0: none is taken. */
  readonly keep: number;
  /** Names of variables and options whose values are masked in evidence, beside those that look like secrets. */
  readonly secrets: readonly string[];
  /** The entry as it was written, defaults merged in, `${NAME}` expanded: what overrides are laid over. */
  readonly written: WrittenValue;
}

/** A value as YAML and JSON know it. */
export type WrittenValue =
  | string
  | number
  | boolean
  | null
  | readonly WrittenValue[]
  | { readonly [key: string]: WrittenValue };

export interface OutputSpec {
  /** Absolute; null: `output/GROUP.PROCESS.SLOT.log` in the state directory. `%n` stands for the slot's number. */
  readonly file: string | null;
  /** The file is rotated when it grows beyond this. */
  readonly maxSizeBytes: number;
  /** Rotated files kept. */
  readonly keep: number;
}

export interface ReadySpec {
  /** `after` holds that long after the start; the others are asked by a prober. */
  readonly probe: ReadinessProbe | { readonly kind: 'after'; readonly delayMs: number };
  readonly intervalMs: number;
  /** Of one probe. */
  readonly timeoutMs: number;
  /** Not ready by then is a failed start. Also how long a `match` entry is looked for after its restart script. */
  readonly withinMs: number;
}

export interface StopSpec {
  /** With the prefix: SIGTERM. */
  readonly signal: string;
  /** Run in place of the signal; PROCSAVER_PID names the process. */
  readonly run: readonly string[] | null;
  /** Between asking and killing; of a service the time limit of its manager's stop. */
  readonly graceMs: number;
  /** Kill the whole tree at the end, not the process alone. */
  readonly tree: boolean;
}

/** `alert` says it; `dump` takes evidence as well; `restart` does both and restarts. */
export type Consequence = 'restart' | 'dump' | 'alert';

/** Signs without which a living process counts as hanging. Null: not asked for. */
export interface StallSpec {
  /** No WATCHDOG=1, no `procsaver heartbeat`, no change of `heartbeatFile` for so long. */
  readonly heartbeatMs: number | null;
  /** Absolute; has an effect with `heartbeatMs` only. `%n` stands for the instance's number, which of a `match` entry is each one's own. */
  readonly heartbeatFile: string | null;
  /** Nothing was written to `outputFile` for so long. */
  readonly outputMs: number | null;
  /** Absolute; null: the process's own output. `%n` as in `heartbeatFile`. */
  readonly outputFile: string | null;
  /** Its CPU time, its tree's with it, did not move for so long. */
  readonly cpuUnchangedMs: number | null;
  /** It used at least this share of one core all that time. */
  readonly spinning: { readonly abovePercent: number; readonly forMs: number } | null;
  /** Every thread in uninterruptible sleep, or the process stopped, for so long. */
  readonly blockedMs: number | null;
  /** Windows: its window did not answer messages for so long. */
  readonly windowMs: number | null;
  readonly probe: StallProbeSpec | null;
}

export interface StallProbeSpec {
  readonly probe: StallProbe;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** So many in a row are a stall. */
  readonly failures: number;
}

export type Metric = 'cpu' | 'memory' | 'threads' | 'descriptors';

/** A bound that may be broken for a while. */
export interface ResourceRule {
  readonly metric: Metric;
  readonly bound: 'above' | 'below';
  /** cpu: percent of one core; memory: bytes; threads, descriptors: their number. */
  readonly value: number;
  readonly forMs: number;
  readonly then: Consequence;
}

export interface RestartSpec {
  readonly when: 'always' | 'on-failure' | 'never';
  /** Restarts allowed within the window; one more failure means giving up. */
  readonly limit: number;
  readonly withinMs: number;
  /** Before the first restart within the window. */
  readonly delayMs: number;
  /** Before each further one: initial * factor^(n-1), at most max, varied by +- jitter (a share, 0 to 1). */
  readonly backoff: {
    readonly initialMs: number;
    readonly factor: number;
    readonly maxMs: number;
    readonly jitter: number;
  };
  /** The restart script of a `match` entry. */
  readonly run: readonly string[] | null;
  /** Time limit of the restart script; of a service that of its manager's start. */
  readonly timeoutMs: number;
  readonly successExitCodes: readonly number[];
}
