import type { Instance } from '../ports/instance.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import type { RuleName } from './sign.ts';
import { boundText, resourceRule } from './stall-text.ts';
import type { Place, Turn } from './turn.ts';

/** A rule that had run out: what is said of it, by the rules that it ran out under. */
export interface Over {
  readonly instance: Instance;
  readonly rule: RuleName;
  /** Null: it had not run out. */
  readonly brokenSinceMs: number | null;
  readonly spec: ProcessSpec;
}

/** It holds again, or nobody asks after it any more: whoever was told of its beginning does not wait for ever. */
export function sayEnded(turn: Turn, place: Place, { instance, rule, brokenSinceMs, spec }: Over): void {
  if (brokenSinceMs === null) return;
  const tookMs = Math.round(turn.nowMs - brokenSinceMs);
  const about = { pid: instance.pid };
  if (!isResource(rule)) return turn.notice('process.stall-ended', place, { rule, tookMs }, about);
  turn.notice('process.rule-kept', place, { rule, reason: boundText(resourceRule(spec, rule)), tookMs }, about);
}

/** A resource rule that is broken is no stall. */
export function isResource(rule: RuleName): boolean {
  return rule.startsWith('rules.');
}
