import type { Rule, RuleName } from '../engine/sign.ts';
import { boundOf } from '../engine/vital.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import type { LostTime } from './lost-time.ts';
import { isSampled, isShare } from './sample-signs.ts';

/** How one rule of one instance was last seen. */
export interface Gauge {
  readonly rule: Rule;
  readonly meaning: string;
  heldAtMs: number;
  /** It held at the last sample. */
  isHeld: boolean;
  /** When it was sampled last; null: it is not sampled. Where it is, no silence is believed that no sample has seen. */
  sampledAtMs: number | null;
  measured: string;
  /** It had run out when evidence was asked for, and taking that wakes the process: what moves until the first sample afterwards is no sign of life. */
  isStirred: boolean;
}

/** What a rule looks at besides the process itself. */
interface LooksAt {
  readonly spec: ProcessSpec;
  readonly heartbeatFile: string | null;
  readonly outputFile: string;
}

const fresh = { isHeld: true, measured: '', isStirred: false } as const;

/** A gauge for each rule; what `before` knows of a rule that is the same but for its limit is kept. */
export function gaugesOf(rules: readonly Rule[], looksAt: LooksAt, nowMs: number, before: readonly Gauge[]): Gauge[] {
  return rules.map((rule) => {
    const meaning = meaningOf(rule, looksAt);
    const known = before.find((gauge) => gauge.rule.name === rule.name && gauge.meaning === meaning);
    return known === undefined
      ? { ...fresh, rule, meaning, heldAtMs: nowMs, sampledAtMs: isSampled(rule) ? nowMs : null }
      : { ...known, rule };
  });
}

/** Apart from its limit and from what follows. */
function meaningOf({ name }: Rule, { spec, heartbeatFile, outputFile }: LooksAt): string {
  if (name.startsWith('rules.')) return JSON.stringify(boundOf(spec.rules, name));
  const looked: Partial<Record<RuleName, unknown>> = {
    heartbeat: heartbeatFile,
    output: outputFile,
    spinning: spec.stall.spinning?.abovePercent,
  };
  return String(looked[name] ?? '');
}

/**
 * It has run out by the clock, but what was seen last is older than that. A share that was broken at the last sample speaks of
 * the time before it, and that will do; one that held says nothing of what followed.
 */
export function isDoubtful({ rule, heldAtMs, isHeld, sampledAtMs }: Gauge, lost: LostTime, nowMs: number): boolean {
  if (sampledAtMs === null || (isShare(rule) && !isHeld)) return false;
  return sampledAtMs < nowMs && isOver({ rule, heldAtMs }, lost, nowMs);
}

export function isOver({ rule, heldAtMs }: Pick<Gauge, 'rule' | 'heldAtMs'>, lost: LostTime, nowMs: number): boolean {
  return nowMs >= heldAtMs + rule.limitMs + lost.since(heldAtMs).ms;
}
