import { type Rule, rulesOf } from '../engine/sign.ts';
import { memory, percent } from '../format/amount.ts';
import type { Sample, SampleWish } from '../ports/meter.ts';
import type { Metric, ProcessSpec } from '../profile/profile.ts';

/** A sample and when it was taken; monotonic. */
export interface Taken {
  readonly sample: Sample;
  readonly atMs: number;
}

/** What a sample says of a rule. */
export interface Judgement {
  readonly holds: boolean;
  /** Since when it is broken, if it held at the sample before. */
  readonly brokenFromMs: number;
  readonly measured: string;
}

/** Null: nothing can be said yet, or ever; that counts as kept. */
type Judge = (rule: Rule, spec: ProcessSpec, now: Taken, before: Taken | null) => Judgement | null;

/** The rules that are sampled, by the first part of their name; the others are seen in files and messages. */
const judges: Readonly<Record<string, Judge>> = {
  cpu(_rule, _spec, now, before) {
    if (before === null) return null;
    const hasMoved = now.sample.cpuMs !== before.sample.cpuMs;
    return { holds: hasMoved, brokenFromMs: before.atMs, measured: '' };
  },
  spinning(_rule, { stall }, now, before) {
    const share = cpuPercent(now, before);
    if (share === null || before === null || stall.spinning === null) return null;
    return { holds: share < stall.spinning.abovePercent, brokenFromMs: before.atMs, measured: percent(share) };
  },
  blocked(_rule, _spec, { sample, atMs }) {
    const words: Partial<Record<Sample['state'], string>> = {
      blocked: 'every thread in uninterruptible sleep',
      stopped: 'stopped by a signal',
      suspended: 'suspended',
    };
    return { holds: words[sample.state] === undefined, brokenFromMs: atMs, measured: words[sample.state] ?? '' };
  },
  window(_rule, _spec, { sample, atMs }) {
    // One that has no window yet, or is watched from another desktop, is not one that hangs.
    return { holds: sample.window !== 'hung', brokenFromMs: atMs, measured: '' };
  },
  rules(rule, spec, now, before) {
    const resource = spec.rules[Number(rule.name.slice('rules.'.length))];
    if (resource === undefined) return null;
    const metric = metrics[resource.metric];
    const value = metric.of(now, before);
    // The first sample tells no share of a CPU; a count that may not be read is told by none.
    if (value === null)
      return before === null ? null : { holds: true, brokenFromMs: now.atMs, measured: 'it cannot be read' };
    const isBroken = resource.bound === 'above' ? value > resource.value : value < resource.value;
    const brokenFromMs = metric.isOverTime ? (before?.atMs ?? now.atMs) : now.atMs;
    return { holds: !isBroken, brokenFromMs, measured: metric.words(value) };
  },
};

interface MetricReader {
  of(now: Taken, before: Taken | null): number | null;
  words(value: number): string;
  /** It speaks of the time between two samples, not of a moment. */
  readonly isOverTime: boolean;
}

const metrics: { readonly [M in Metric]: MetricReader } = {
  cpu: { of: cpuPercent, words: percent, isOverTime: true },
  memory: { of: ({ sample }) => sample.memoryBytes, words: memory, isOverTime: false },
  threads: { of: ({ sample }) => sample.threads, words: String, isOverTime: false },
  descriptors: { of: ({ sample }) => sample.descriptors, words: String, isOverTime: false },
};

/** Of one core, between two samples. A descendant that ended took its time with it: no share is below 0. */
export function cpuPercent(now: Taken, before: Taken | null): number | null {
  if (before === null || now.atMs <= before.atMs) return null;
  return Math.max(0, (100 * (now.sample.cpuMs - before.sample.cpuMs)) / (now.atMs - before.atMs));
}

export function judge(rule: Rule, spec: ProcessSpec, now: Taken, before: Taken | null): Judgement | null {
  return judges[kindOf(rule)]?.(rule, spec, now, before) ?? null;
}

/** It speaks of a share of CPU time between two samples. */
export function isShare({ name, metric }: Rule): boolean {
  return name === 'spinning' || metric === 'cpu';
}

export function isSampled(rule: Rule): boolean {
  return judges[kindOf(rule)] !== undefined;
}

function kindOf({ name }: Rule): string {
  return name.startsWith('rules.') ? 'rules' : name;
}

export const noWish: SampleWish = { tree: false, descriptors: false, threadStates: false };

const shortestPeriodMs = 1_000;
const longestPeriodMs = 10_000;

/** How its rules have it sampled; null: they do not. */
export function samplingOf(
  spec: ProcessSpec,
  heartbeatMs: number | null,
): { readonly periodMs: number; readonly wish: SampleWish } | null {
  const sampled = rulesOf(spec, heartbeatMs).filter(isSampled);
  if (sampled.length === 0) return null;
  const shortestMs = Math.min(...sampled.map(({ limitMs }) => limitMs));
  // Whole seconds, so that all that are due at one time are taken in one pass.
  const wholeMs = Math.floor(shortestMs / 10 / shortestPeriodMs) * shortestPeriodMs;
  return {
    periodMs: Math.min(longestPeriodMs, Math.max(shortestPeriodMs, wholeMs)),
    wish: {
      tree: sampled.some(({ name, metric }) =>
        metric === null ? name !== 'blocked' && name !== 'window' : metric === 'cpu' || metric === 'memory',
      ),
      descriptors: sampled.some(({ metric }) => metric === 'descriptors'),
      threadStates: sampled.some(({ name }) => name === 'blocked'),
      ...(sampled.some(({ name }) => name === 'window') ? { window: true } : {}),
    },
  };
}
