import type { Rule, RuleName } from '../engine/sign.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import { isSampled } from './sample-signs.ts';

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
}

/** What a rule looks at besides the process itself. */
interface LooksAt {
  readonly spec: ProcessSpec;
  readonly heartbeatFile: string | null;
  readonly outputFile: string;
}

/** A gauge for each rule; what `before` knows of a rule that is the same but for its limit is kept. */
export function gaugesOf(rules: readonly Rule[], looksAt: LooksAt, nowMs: number, before: readonly Gauge[]): Gauge[] {
  return rules.map((rule) => {
    const meaning = meaningOf(rule, looksAt);
    const known = before.find((gauge) => gauge.rule.name === rule.name && gauge.meaning === meaning);
    return known === undefined
      ? { rule, meaning, heldAtMs: nowMs, isHeld: true, sampledAtMs: isSampled(rule) ? nowMs : null, measured: '' }
      : { ...known, rule };
  });
}

/** Its limit apart. */
function meaningOf({ name }: Rule, { spec, heartbeatFile, outputFile }: LooksAt): string {
  if (name.startsWith('rules.')) return JSON.stringify(spec.rules[Number(name.slice('rules.'.length))]);
  const looked: Partial<Record<RuleName, unknown>> = {
    heartbeat: heartbeatFile,
    output: outputFile,
    spinning: spec.stall.spinning?.abovePercent,
  };
  return String(looked[name] ?? '');
}
