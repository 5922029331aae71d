import { formatDuration } from '../profile/duration.ts';
import type { ProcessSpec, ResourceRule } from '../profile/profile.ts';
import { formatSize } from '../profile/size.ts';
import type { RuleName, Sign } from './sign.ts';

/** What the process says with WATCHDOG=trigger. */
export const stuckText = 'the process says itself that it is stuck (WATCHDOG=trigger)';

/** Why a rule has run out: `no output for 5m`. `silentMs`: less what was lost. */
export function brokenText(spec: ProcessSpec, { rule, measured }: Sign, silentMs: number, limitMs: number): string {
  const long = spoken(silentMs);
  const value = measured === '' ? '' : ` (${measured})`;
  switch (rule) {
    case 'heartbeat':
      return `no heartbeat for ${long} (limit ${formatDuration(limitMs)})`;
    case 'spinning':
      return `it has used at least ${spec.stall.spinning?.abovePercent ?? 0} % of a core for ${long}${value}`;
    case 'output':
    case 'cpu':
    case 'blocked':
    case 'window':
    case 'probe':
      return `${silenceText(rule, long)}${value}`;
    default:
      return `${boundText(resourceRule(spec, rule))} for ${long}${value}`;
  }
}

/** Why a silence is no stall: `no heartbeat for 41 s, of which 33 s host starvation (throttled)`. */
export function excusedText({ rule, lost }: Sign, silentMs: number): string {
  return `${silenceText(rule, spoken(silentMs))}, of which ${spoken(lost.ms)} ${lost.cause === '' ? 'could not be its own' : lost.cause}`;
}

export function failedProbesText(failures: number, text: string): string {
  const count = failures === 1 ? 'the probe failed' : `${failures} probes in a row failed`;
  return text === '' ? count : `${count}: ${text}`;
}

function silenceText(rule: RuleName, long: string): string {
  switch (rule) {
    case 'heartbeat':
      return `no heartbeat for ${long}`;
    case 'output':
      return `no output for ${long}`;
    case 'cpu':
      return `its CPU time has not moved for ${long}`;
    case 'spinning':
      return `busy without rest for ${long}`;
    case 'blocked':
      return `every thread has been blocked, or the process stopped, for ${long}`;
    case 'window':
      return `its window has not answered for ${long}`;
    case 'probe':
      return `no probe was well for ${long}`;
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
  return `${metric} ${bound} ${amount}`;
}

/** A time that was measured, so that its last digits mean nothing. */
function spoken(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.floor(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000);
}
