import type { Instance } from '../ports/instance.ts';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import type { Consequence } from '../profile/profile.ts';
import { examine } from './examining.ts';
import { collect } from './incident.ts';
import type { RuleName, Sign } from './sign.ts';
import { rulesOf } from './sign.ts';
import { isResource, sayEnded } from './stall-ended.ts';
import { brokenText, excusedText, failedProbesText, resourceRule, stuckText } from './stall-text.ts';
import type { ProbeStand, RuleTimer, Vital } from './state.ts';
import type { Place, Turn } from './turn.ts';
import { changeVital, isWatched, lookAt, nextLookMs, untried, vitalOf } from './vital.ts';

/** A rule that has run out just now, or from which more is to follow than did. */
interface Breach {
  readonly rule: RuleName;
  readonly reason: string;
  readonly consequence: Consequence;
  /** Null: it was not told by a silence. */
  readonly sign: Sign | null;
  /** It was said when it ran out. */
  readonly isSaid?: boolean;
}

/** How the rules of an instance stand. What is due runs out, is excused, or holds on. */
export function looked(turn: Turn, place: Place, instance: Instance, signs: readonly Sign[]): void {
  const slot = turn.slot(place);
  const vital = vitalOf(slot, instance);
  if (vital === undefined) return;
  if (vital.isLookedAt) changeVital(turn, place, instance, { isLookedAt: false });
  // What becomes of it is decided already.
  if (slot.phase.is === 'examining') return;
  const about: About = { turn, place, instance };
  const breaches: Breach[] = [];
  const timers = vital.timers.map((timer) => {
    // It cannot have run out, or more time was asked for.
    if (turn.nowMs < timer.dueMs) return timer;
    const sign = signs.find((candidate) => candidate.rule === timer.rule);
    return sign === undefined ? postponed(timer, turn.nowMs) : judge(about, timer, sign, breaches);
  });
  changeVital(turn, place, instance, { timers });
  judgeProbe(about, vital, signs, breaches);
  take(about, breaches);
}

interface About {
  readonly turn: Turn;
  readonly place: Place;
  readonly instance: Instance;
}

/** Nothing is known of it at this moment. */
function postponed(timer: RuleTimer, nowMs: number): RuleTimer {
  return { ...timer, dueMs: nowMs + nextLookMs(timer.limitMs) };
}

function judge(about: About, timer: RuleTimer, sign: Sign, breaches: Breach[]): RuleTimer {
  const { turn } = about;
  const { limitMs, rule } = timer;
  const silentMs = Math.max(0, turn.nowMs - sign.heldAtMs);
  const elapsedMs = Math.max(0, silentMs - sign.lost.ms);
  const hasHeld = sign.heldAtMs > timer.heldAtMs;
  const seen = { ...timer, heldAtMs: Math.max(timer.heldAtMs, sign.heldAtMs), elapsedMs, lostMs: sign.lost.ms };
  const isOver = elapsedMs >= limitMs;
  if (timer.brokenSinceMs !== null) {
    // Time that is lost to a debugger, or to the taking of evidence, is no sign of life.
    if (isOver || !hasHeld) {
      const followed = followMore(about, timer, breaches, sign);
      return { ...seen, followed, dueMs: turn.nowMs + nextLookMs(limitMs) };
    }
    sayOver(about, rule, timer.brokenSinceMs);
    return {
      ...seen,
      brokenSinceMs: null,
      followed: null,
      reason: '',
      isExcused: false,
      dueMs: dueAfter(seen, turn.nowMs),
    };
  }
  if (isOver) {
    const spec = turn.process(about.place.process).spec;
    const reason = brokenText(spec, sign, elapsedMs, limitMs);
    const consequence = consequenceOf(about, rule);
    breaches.push({ rule, reason, consequence, sign });
    return {
      ...seen,
      brokenSinceMs: turn.nowMs,
      followed: consequence,
      reason,
      dueMs: turn.nowMs + nextLookMs(limitMs),
    };
  }
  const isExcused = silentMs >= limitMs && sign.lost.ms >= worthSayingMs(limitMs);
  const wasSaid = timer.isExcused && !hasHeld;
  if (isExcused && !wasSaid) sayExcused(about, sign, silentMs);
  return { ...seen, isExcused: isExcused || wasSaid, dueMs: dueAfter(seen, turn.nowMs) };
}

/** Somebody has asked for more than what followed when it ran out: that is not put off to the next time. */
function followMore(
  about: About,
  { rule, reason, followed }: Pick<RuleTimer, 'rule' | 'reason' | 'followed'>,
  breaches: Breach[],
  sign: Sign | null,
): Consequence {
  const consequence = consequenceOf(about, rule);
  if (followed !== null && gravity.indexOf(consequence) <= gravity.indexOf(followed)) return followed;
  breaches.push({ rule, reason, consequence, sign, isSaid: true });
  return consequence;
}

/**
 * Every process waits for a CPU for some ms in every silence: less than a tenth of the limit only puts the call off by as
 * much. Of a long limit a second is a time that people see.
 */
function worthSayingMs(limitMs: number): number {
  return Math.min(limitMs / 10, 1_000);
}

/** When it can have run out at the soonest. Where much time goes on being lost that is not looked at again and again. */
function dueAfter({ heldAtMs, limitMs, lostMs }: RuleTimer, nowMs: number): number {
  const soonestMs = lostMs >= worthSayingMs(limitMs) ? nextLookMs(limitMs / 10) : 1;
  return Math.max(heldAtMs + limitMs + lostMs, nowMs + soonestMs);
}

/** So many failures in a row are a stall, unless at least half of the time since it was well was lost. */
function judgeProbe(about: About, vital: Vital, signs: readonly Sign[], breaches: Breach[]): void {
  const { turn, place, instance } = about;
  const { stall } = turn.process(place.process).spec;
  const { failedProbes, probe } = vital;
  if (stall.probe === null || failedProbes < stall.probe.failures || probe.brokenSinceMs !== null) return;
  const sign = signs.find(({ rule }) => rule === 'probe') ?? null;
  const silentMs = sign === null ? 0 : turn.nowMs - sign.heldAtMs;
  if (sign !== null && sign.lost.ms > 0 && sign.lost.ms * 2 >= silentMs) {
    if (!probe.isExcused) sayExcused(about, sign, silentMs);
    return changeVital(turn, place, instance, { probe: { ...probe, isExcused: true } });
  }
  const reason = failedProbesText(failedProbes, probe.text);
  const consequence = consequenceOf(about, 'probe');
  changeVital(turn, place, instance, {
    probe: { ...probe, brokenSinceMs: turn.nowMs, followed: consequence, text: reason },
  });
  breaches.push({ rule: 'probe', reason, consequence, sign });
}

/** What a probe has found. */
export function probed(turn: Turn, place: Place, instance: Instance, verdict: ProbeVerdict): void {
  const slot = turn.slot(place);
  const vital = vitalOf(slot, instance);
  const { stall } = turn.process(place.process).spec;
  if (vital === undefined || stall.probe === null || slot.phase.is === 'examining') return;
  const { probe, failedProbes } = vital;
  switch (verdict.is) {
    case 'ok':
      if (failedProbes === 0 && probe === untried) return;
      if (probe.brokenSinceMs !== null) sayOver({ turn, place, instance }, 'probe', probe.brokenSinceMs);
      return changeVital(turn, place, instance, { failedProbes: 0, probe: untried });
    case 'warning':
    case 'unknown':
      if (probe.warned === verdict.is) return;
      turn.notice('process.probe-warned', place, { reason: verdict.text }, { pid: instance.pid });
      return changeVital(turn, place, instance, { probe: { ...probe, warned: verdict.is } });
    case 'critical':
    case 'timeout':
      if (probe.brokenSinceMs !== null) return stillFails({ turn, place, instance }, probe);
      changeVital(turn, place, instance, {
        failedProbes: failedProbes + 1,
        probe: { ...probe, warned: null, text: verdict.text },
      });
      if (failedProbes + 1 >= stall.probe.failures) lookAt(turn, place, vital);
  }
}

function stillFails(about: About, probe: ProbeStand): void {
  const breaches: Breach[] = [];
  const followed = followMore(about, { rule: 'probe', reason: probe.text, followed: probe.followed }, breaches, null);
  if (breaches.length === 0) return;
  changeVital(about.turn, about.place, about.instance, { probe: { ...probe, followed } });
  take(about, breaches);
}

/** WATCHDOG=trigger: a stall at once, whether a heartbeat is asked for or not. */
export function triggered(turn: Turn, place: Place, instance: Instance): void {
  const slot = turn.slot(place);
  if (slot.phase.is === 'examining' || !isWatched(turn, place)) return;
  const timers = vitalOf(slot, instance)?.timers ?? [];
  const heartbeat = timers.find(({ rule }) => rule === 'heartbeat');
  if ((heartbeat?.brokenSinceMs ?? slot.word.stuckSinceMs) !== null) return;
  const about: About = { turn, place, instance };
  const consequence = consequenceOf(about, 'heartbeat');
  if (heartbeat === undefined) turn.changeSlot(place, { word: { ...slot.word, stuckSinceMs: turn.nowMs } });
  else {
    // Only a sign of life that comes after this ends it.
    const broken = {
      ...heartbeat,
      brokenSinceMs: turn.nowMs,
      followed: consequence,
      heldAtMs: turn.nowMs,
      reason: stuckText,
      dueMs: turn.nowMs + nextLookMs(heartbeat.limitMs),
    };
    changeVital(turn, place, instance, { timers: timers.map((timer) => (timer === heartbeat ? broken : timer)) });
  }
  take(about, [{ rule: 'heartbeat', reason: stuckText, consequence, sign: null }]);
}

const gravity: readonly Consequence[] = ['alert', 'dump', 'restart'];

/** Each breach is said; evidence is taken once, and the gravest consequence follows. */
function take(about: About, breaches: readonly Breach[]): void {
  const { turn, place, instance } = about;
  let gravest: Breach | null = null;
  for (const breach of breaches) {
    const id = isResource(breach.rule) ? 'process.rule-broken' : 'process.stalled';
    if (breach.isSaid !== true)
      turn.notice(id, place, { rule: breach.rule, reason: breach.reason }, { pid: instance.pid });
    if (gravest === null || gravity.indexOf(breach.consequence) > gravity.indexOf(gravest.consequence))
      gravest = breach;
  }
  if (gravest === null || gravest.consequence === 'alert') return;
  const { rule, reason, sign } = gravest;
  const metric = resourceRule(turn.process(place.process).spec, rule)?.metric;
  const incident = collect(turn, place, {
    reason: metric === undefined ? { kind: 'stall', rule } : { kind: 'rule', metric },
    text: reason,
    instance,
    lives: true,
    silence: sign === null ? null : { ...sign, silentMs: turn.nowMs - sign.heldAtMs },
  });
  if (gravest.consequence === 'restart') examine(turn, place, incident, reason);
}

/** What is never restarted is not stopped either. */
function consequenceOf({ turn, place }: About, rule: RuleName): Consequence {
  const { spec } = turn.process(place.process);
  const rules = rulesOf(spec, turn.slot(place).word.heartbeatMs);
  const consequence = rules.find(({ name }) => name === rule)?.consequence ?? spec.onStall;
  return consequence === 'restart' && spec.restart.when === 'never' ? 'dump' : consequence;
}

function sayOver({ turn, place, instance }: About, rule: RuleName, brokenSinceMs: number): void {
  sayEnded(turn, place, { instance, rule, brokenSinceMs, spec: turn.process(place.process).spec });
}

function sayExcused({ turn, place, instance }: About, sign: Sign, silentMs: number): void {
  if (isResource(sign.rule)) return;
  const reason = excusedText(sign, silentMs);
  turn.notice('process.stall-excused', place, { rule: sign.rule, reason }, { pid: instance.pid });
}
