import { phrase } from '../notices/phrase.ts';
import { formatDuration } from '../profile/duration.ts';
import type { ProcessSpec, ResourceRule } from '../profile/profile.ts';
import { formatSize } from '../profile/size.ts';
import type { RuleName, Sign } from './sign.ts';

/** What the process says with WATCHDOG=trigger. */
export const stuckText = phrase('stuck');

/** Why a rule has run out: `no output for 5m`. `silentMs`: less what was lost. */
export function brokenText(spec: ProcessSpec, { rule, measured }: Sign, silentMs: number, limitMs: number): string {
  const long = spoken(silentMs);
  const value = measured === '' ? '' : ` (${measured})`;
  switch (rule) {
    case 'heartbeat':
      return phrase('no-heartbeat-limit', { long, limit: formatDuration(limitMs) });
    case 'spinning':
      return phrase('spinning', { cpuPercent: spec.stall.spinning?.abovePercent ?? 0, long }) + value;
    case 'output':
    case 'cpu':
    case 'blocked':
    case 'window':
    case 'probe':
      return silenceText(rule, long) + value;
    default:
      return phrase('broken-for', { bound: boundText(resourceRule(spec, rule)), long }) + value;
  }
}

/** Why a silence is no stall: `no heartbeat for 41 s, of which 33 s host starvation (throttled)`. */
export function excusedText({ rule, lost }: Sign, silentMs: number): string {
  const cause = lost.cause === '' ? phrase('not-its-own') : lost.cause;
  return phrase('excused', { silence: silenceText(rule, spoken(silentMs)), long: spoken(lost.ms), cause });
}

export function failedProbesText(failures: number, text: string): string {
  const count = failures === 1 ? phrase('probe-failed') : phrase('probes-failed', { failureCount: failures });
  return text === '' ? count : `${count}: ${text}`;
}

function silenceText(rule: RuleName, long: string): string {
  switch (rule) {
    case 'heartbeat':
      return phrase('no-heartbeat', { long });
    case 'output':
      return phrase('no-output', { long });
    case 'cpu':
      return phrase('no-cpu', { long });
    case 'spinning':
      return phrase('busy', { long });
    case 'blocked':
      return phrase('blocked', { long });
    case 'window':
      return phrase('no-window', { long });
    case 'probe':
      return phrase('no-probe', { long });
    default:
      return `${rule} broken for ${long}`;
  }
}

export function resourceRule(spec: ProcessSpec, rule: RuleName): ResourceRule | undefined {
  return spec.rules[Number(rule.slice('rules.'.length))];
}

/** `memory above 512M` */
export function boundText(rule: ResourceRule | undefined): string {
  if (rule === undefined) return 'a rule was broken';
  const { metric, bound, value } = rule;
  const amount = metric === 'memory' ? formatSize(value) : metric === 'cpu' ? `${value} %` : String(value);
  return phrase(bound, { metric, amount });
}

/** A time that was measured, so that its last digits mean nothing. */
function spoken(ms: number): string {
  if (ms < 1_000) return phrase('milliseconds', { msCount: Math.round(ms) });
  const seconds = Math.floor(ms / 1_000);
  return seconds < 60 ? phrase('seconds', { secondCount: seconds }) : formatDuration(seconds * 1_000);
}
