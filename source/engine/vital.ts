import type { Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import type { ProcessSpec, ResourceRule } from '../profile/profile.ts';
import { isSame } from '../profile/same.ts';
import { goesDown } from './going-down.ts';
import { pauseOf } from './pause.ts';
import type { RuleName } from './sign.ts';
import { hasRules, rulesOf } from './sign.ts';
import { sayEnded } from './stall-ended.ts';
import type { Living, Phase, ProbeStand, RuleTimer, Slot, Vital } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** Phases whose instances are ready and are to show signs of life. */
const lively: ReadonlySet<Phase['is']> = new Set(['running', 'lacking', 'examining']);

/** How soon what has run out, or is in doubt, is looked at again; a shorter limit is looked at each time it is over. */
const lookAgainMs = 1_000;

export const untried: ProbeStand = { brokenSinceMs: null, followed: null, isExcused: false, warned: null, text: '' };

/** Whether the living of a slot are to show signs of life now: no rule before ready, none under a pause, none of what ends. */
export function isWatched(turn: Turn, place: Place): boolean {
  const slot = turn.slot(place);
  return (
    lively.has(slot.phase.is) &&
    slot.word.is !== 'stopping' &&
    !goesDown(turn.process(place.process), slot) &&
    pauseOf(turn, place.process) === null
  );
}

/** Keeps the account of the rules in step with what the turn has changed: whoever is to show signs of life is watched, nobody else. */
export function keepVitals(turn: Turn): void {
  for (const process of turn.touched()) {
    const { spec, slots } = turn.process(process);
    for (const { vitals, word, number } of slots) {
      const needsThought = vitals.length > 0 || hasRules(spec, word.heartbeatMs);
      if (needsThought) keepSlot(turn, { process, number });
    }
  }
}

function keepSlot(turn: Turn, place: Place): void {
  const slot = turn.slot(place);
  const { spec } = turn.process(place.process);
  const isWanted = hasRules(spec, slot.word.heartbeatMs) && isWatched(turn, place);
  // A service without a main process has nothing that could be watched.
  const living = isWanted ? slot.living.filter(({ instance }) => instance.pid > 0) : [];
  const kept = living.map((one) => keepOne(turn, place, slot, one));
  for (const { instance } of slot.vitals)
    if (!living.some((one) => isSameInstance(one.instance, instance))) turn.effect({ do: 'unwatch-signs', instance });
  sayNotAskedAfter(turn, place, slot, living);
  const isSameList = kept.length === slot.vitals.length && kept.every((vital, index) => vital === slot.vitals[index]);
  const vitals = isSameList ? slot.vitals : kept;
  // Its fate is decided while it is examined: nothing runs out any more.
  const vitalAtMs = slot.phase.is === 'examining' ? null : earliestDueMs(vitals);
  if (isSameList && vitalAtMs === slot.vitalAtMs) return;
  turn.changeSlot(place, { vitals, vitalAtMs });
  if (vitalAtMs === slot.vitalAtMs) return;
  const timer = `vital:${turn.slotName(place)}`;
  turn.effect(vitalAtMs === null ? { do: 'clear-timer', timer } : { do: 'set-timer', timer, atMs: vitalAtMs });
}

/** Monitoring was paused, or its last rule taken away. The end of what goes down is said in other words. */
function sayNotAskedAfter(turn: Turn, place: Place, slot: Slot, watched: readonly Living[]): void {
  const process = turn.process(place.process);
  if (!lively.has(slot.phase.is) || slot.word.is === 'stopping' || goesDown(process, slot)) return;
  for (const { instance, timers, probe } of slot.vitals) {
    const is = (one: Living) => isSameInstance(one.instance, instance);
    if (watched.some(is) || !slot.living.some(is)) continue;
    const over = { instance, spec: process.spec };
    for (const { rule, brokenSinceMs } of timers) sayEnded(turn, place, { ...over, rule, brokenSinceMs });
    sayEnded(turn, place, { ...over, rule: 'probe', brokenSinceMs: probe.brokenSinceMs });
  }
}

function keepOne(turn: Turn, place: Place, slot: Slot, { instance, number }: Living): Vital {
  const known = vitalOf(slot, instance);
  if (known !== undefined && !known.isStale) return known;
  const { spec, name } = turn.process(place.process);
  const { heartbeatMs } = slot.word;
  turn.effect({
    do: 'watch-signs',
    slot: turn.slotName(place),
    number: spec.kind === 'match' ? number : place.number,
    process: name,
    instance,
    spec,
    heartbeatMs,
  });
  const timers = rulesOf(spec, heartbeatMs).map(
    ({ name: rule, limitMs }) =>
      known?.timers.find((timer) => timer.rule === rule && timer.limitMs === limitMs) ??
      newTimer(rule, limitMs, turn.nowMs),
  );
  if (slot.phase.is !== 'examining')
    for (const timer of known?.timers ?? [])
      if (!timers.includes(timer)) sayEnded(turn, place, { ...timer, instance, spec });
  return {
    instance,
    timers,
    failedProbes: known?.failedProbes ?? 0,
    probe: known?.probe ?? untried,
    isLookedAt: known?.isLookedAt ?? false,
    isStale: false,
  };
}

/** It has its whole limit from now on. */
function newTimer(rule: RuleName, limitMs: number, nowMs: number): RuleTimer {
  return {
    rule,
    limitMs,
    dueMs: nowMs + limitMs,
    brokenSinceMs: null,
    followed: null,
    isExcused: false,
    heldAtMs: nowMs,
    elapsedMs: 0,
    lostMs: 0,
    reason: '',
  };
}

/** Of what is being looked at the answer is awaited. */
function earliestDueMs(vitals: readonly Vital[]): number | null {
  let earliest: number | null = null;
  for (const { timers, isLookedAt } of vitals) {
    if (isLookedAt) continue;
    for (const { dueMs } of timers) if (earliest === null || dueMs < earliest) earliest = dueMs;
  }
  return earliest;
}

/** The timer of a slot's rules rang: those that are due are looked at. */
export function vitalTimerRang(turn: Turn, place: Place): void {
  const { vitals, vitalAtMs } = turn.slot(place);
  // A late ring of a timer that was set anew meanwhile.
  if (vitalAtMs === null || turn.nowMs < vitalAtMs) return;
  turn.changeSlot(place, { vitalAtMs: null });
  for (const vital of vitals) if (vital.timers.some(({ dueMs }) => dueMs <= turn.nowMs)) lookAt(turn, place, vital);
}

/** Asks how the rules of an instance stand, unless the answer to that is still to come. */
export function lookAt(turn: Turn, place: Place, { instance, isLookedAt }: Vital): void {
  if (isLookedAt) return;
  changeVital(turn, place, instance, { isLookedAt: true });
  turn.effect({ do: 'look', slot: turn.slotName(place), instance });
}

export function nextLookMs(limitMs: number): number {
  return Math.max(1, Math.min(limitMs, lookAgainMs));
}

export function vitalOf(slot: Pick<Slot, 'vitals'>, instance: Instance): Vital | undefined {
  return slot.vitals.find((vital) => isSameInstance(vital.instance, instance));
}

export function changeVital(turn: Turn, place: Place, instance: Instance, change: Partial<Vital>): void {
  const vitals = turn
    .slot(place)
    .vitals.map((vital) => (isSameInstance(vital.instance, instance) ? { ...vital, ...change } : vital));
  turn.changeSlot(place, { vitals });
}

/** The process asked for another heartbeat limit. */
export function renewVitals(turn: Turn, place: Place): void {
  const { vitals } = turn.slot(place);
  if (vitals.length > 0) turn.changeSlot(place, { vitals: vitals.map((vital) => ({ ...vital, isStale: true })) });
}

/** The profile or an operator says otherwise: rules that mean something else now begin anew, the others go on as they stand. */
export function changeRules(turn: Turn, place: Place, before: ProcessSpec, after: ProcessSpec): void {
  const { vitals } = turn.slot(place);
  if (vitals.length === 0 || before === after) return;
  const isSameProbe = isSame(before.stall.probe, after.stall.probe);
  if (
    isSameProbe &&
    isSame(before.stall, after.stall) &&
    isSame(before.rules, after.rules) &&
    isSame(before.output, after.output)
  )
    return;
  const isUntouched = ({ rule }: RuleTimer) => isSame(meaningOf(before, rule), meaningOf(after, rule));
  if (turn.slot(place).phase.is !== 'examining')
    for (const { instance, timers, probe } of vitals) {
      for (const timer of timers) if (!isUntouched(timer)) sayEnded(turn, place, { ...timer, instance, spec: before });
      if (!isSameProbe) sayEnded(turn, place, { ...probe, rule: 'probe', instance, spec: before });
    }
  turn.changeSlot(place, {
    vitals: vitals.map((vital) => ({
      ...vital,
      timers: vital.timers.filter(isUntouched),
      failedProbes: isSameProbe ? vital.failedProbes : 0,
      probe: isSameProbe ? vital.probe : untried,
      isStale: true,
    })),
  });
}

/** What a rule looks at, apart from its limit and from what follows. */
function meaningOf({ stall, rules, output }: ProcessSpec, rule: RuleName): unknown {
  switch (rule) {
    case 'heartbeat':
      return stall.heartbeatFile;
    case 'output':
      return stall.outputFile ?? output.file;
    case 'spinning':
      return stall.spinning?.abovePercent;
    case 'cpu':
    case 'blocked':
    case 'window':
    case 'probe':
      return null;
    default:
      return boundOf(rules, rule);
  }
}

/** A resource rule, apart from what follows from it. */
export function boundOf(rules: readonly ResourceRule[], name: RuleName): unknown {
  const rule = rules[Number(name.slice('rules.'.length))];
  return rule === undefined ? null : [rule.metric, rule.bound, rule.value, rule.forMs];
}
