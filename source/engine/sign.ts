import type { Consequence, Metric, ProcessSpec } from '../profile/profile.ts';

/** A stall rule by its name in the profile; a resource rule by its place in the list. */
export type RuleName = 'heartbeat' | 'output' | 'cpu' | 'spinning' | 'blocked' | 'window' | 'probe' | `rules.${number}`;

/**
 * How one rule of one instance stands. Every rule is a silence with a limit: of the heartbeat, of the output, of the CPU
 * time; of use below the bound (spinning), of a thread that could run (blocked), of a value within its bound (rules), of a
 * probe that was well.
 */
export interface Sign {
  readonly rule: RuleName;
  /** When the rule was last seen to hold; monotonic. Its silence has lasted since. */
  readonly heldAtMs: number;
  /** How much of the silence since then does not count. */
  readonly lost: Lost;
  /** What was measured last, for people: `97 %`, `612M`; empty where silence says it all. */
  readonly measured: string;
}

/** Time in which the process could not have run. */
export interface Lost {
  readonly ms: number;
  /** The cause of most of it, for people: `host starvation (steal)`, `a debugger (gdb, pid 12)`; empty when nothing was lost. */
  readonly cause: string;
}

export interface Rule {
  readonly name: RuleName;
  readonly limitMs: number;
  readonly consequence: Consequence;
  /** Null for a stall rule. */
  readonly metric: Metric | null;
}

/** Whether anything of a process is to be kept account of. Asked at every step, so it makes nothing. */
export function hasRules({ stall, rules }: ProcessSpec, heartbeatMs: number | null): boolean {
  return (
    (heartbeatMs ?? stall.heartbeatMs ?? 0) > 0 ||
    stall.outputMs !== null ||
    stall.cpuUnchangedMs !== null ||
    stall.spinning !== null ||
    stall.blockedMs !== null ||
    stall.windowMs !== null ||
    stall.probe !== null ||
    rules.length > 0
  );
}

/** The rules of a process that run out by the clock; `probe` counts failures and is not among them. `heartbeatMs`: what the process asked for itself; 0 switches it off. */
export function rulesOf(spec: ProcessSpec, heartbeatMs: number | null): Rule[] {
  const { stall, onStall, rules } = spec;
  const heartbeat = heartbeatMs ?? stall.heartbeatMs;
  const limits: readonly (readonly [RuleName, number | null])[] = [
    ['heartbeat', heartbeat === 0 ? null : heartbeat],
    ['output', stall.outputMs],
    ['cpu', stall.cpuUnchangedMs],
    ['spinning', stall.spinning?.forMs ?? null],
    ['blocked', stall.blockedMs],
    ['window', stall.windowMs],
  ];
  const stalls = limits.flatMap(([name, limitMs]) =>
    limitMs === null ? [] : [{ name, limitMs, consequence: onStall, metric: null }],
  );
  return [
    ...stalls,
    ...rules.map(
      ({ metric, forMs, then }, index): Rule => ({ name: `rules.${index}`, limitMs: forMs, consequence: then, metric }),
    ),
  ];
}
